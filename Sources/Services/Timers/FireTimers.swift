import Domain
import Storage

/// Works off the timers that are due: leases some, climbs each problem's rungs in their order, and saves
/// many problems in one transaction. Nothing goes out outside working hours.
package struct FireTimers: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// Timers leased at once, and problems saved in one transaction.
  private static let leased = 500
  private static let together = 50

  package struct Result: Hashable, Sendable {
    package var fired = 0
    /// Their cause had ended, or their time had moved.
    package var dropped = 0
    /// Something was in the way; they are tried again later.
    package var postponed = 0
    /// What went wrong, for the log.
    package var faults: [String] = []

    package var isEmpty: Bool { fired + dropped + postponed == 0 }
  }

  /// One round of work; empty where nothing is due.
  package func callAsFunction() async throws -> Result {
    let platform = platform
    let now = platform.now()
    let due = try await platform.database.write { connection -> [TimerRows.Due] in
      let calendar = try platform.calendar(in: connection)
      // At night nothing is even leased: in the morning all come in their order.
      guard platform.procedures.all.contains(where: { $0.hours.isOpen(at: now, calendar) }) else {
        return []
      }
      return try TimerRows.lease(FireTimers.leased, now: now, in: connection)
    }
    var problems: [(id: ProblemID, timers: [TimerRows.Due])] = []
    var places: [ProblemID: Int] = [:]
    for timer in due {
      if let place = places[timer.problem] {
        problems[place].timers.append(timer)
      } else {
        places[timer.problem] = problems.count
        problems.append((timer.problem, [timer]))
      }
    }
    var result = Result()
    for start in stride(from: 0, to: problems.count, by: FireTimers.together) {
      let some = Array(problems[start..<min(start + FireTimers.together, problems.count)])
      do {
        let done = try await platform.write(issuing: true) { connection in
          try FireTimers.fire(some, at: now, platform, in: connection)
        }
        result.fired += done.fired
        result.dropped += done.dropped
      } catch {
        // Something in one of them: each by itself then, so that it does not hold up the others.
        for problem in some { await fireAlone(problem, at: now, &result) }
      }
    }
    return result
  }

  /// What cannot be worked off is put back, the longer the more often it was tried.
  private func fireAlone(
    _ problem: (id: ProblemID, timers: [TimerRows.Due]), at now: Instant, _ result: inout Result
  ) async {
    let platform = platform
    do {
      let done = try await platform.write(issuing: true) { connection in
        try FireTimers.fire([problem], at: now, platform, in: connection)
      }
      result.fired += done.fired
      result.dropped += done.dropped
    } catch {
      result.postponed += problem.timers.count
      result.faults.append("problem/\(problem.id): \(error)")
      _ = try? await platform.database.write { connection in
        for timer in problem.timers { try TimerRows.putOff(timer, now: now, in: connection) }
      }
    }
  }

  private static func fire(
    _ problems: [(id: ProblemID, timers: [TimerRows.Due])], at now: Instant, _ platform: Platform,
    in connection: any Connection
  ) throws -> Result {
    var result = Result()
    for (id, timers) in problems {
      guard let history = try ProblemHistory.load(id, in: connection) else { continue }
      var work = try ProblemWork(history, at: now, platform, in: connection)
      let hours = work.surroundings.procedure.hours
      guard hours.isOpen(at: now, work.surroundings.calendar) else {
        let opening = hours.next(from: now, work.surroundings.calendar)
        for timer in timers { try TimerRows.release(timer, until: opening, in: connection) }
        continue
      }
      var left: [TimerRows.Due] = []
      for timer in timers {
        let events = work.problem.climb(timer.key, in: work.surroundings)
        if events.isEmpty {
          left.append(timer)
        } else {
          try work.record(events)
          result.fired += 1
        }
      }
      result.dropped += left.count
      try TimerRows.settle(left, of: work.problem, work.rules, in: connection)
    }
    return result
  }
}

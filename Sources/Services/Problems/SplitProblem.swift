import Domain
import Storage

/// A part of a problem becomes a problem of its own, with the source numbers of the whole.
package struct SplitProblem: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Parameter title: of the part; it concerns whom the whole concerns and was found when that was.
  /// - Returns: the part's id.
  /// - Throws: `UseCaseError.notFound`, `.refused`, `.registration`
  package func callAsFunction(
    _ id: ProblemID, title: String, detail: String, reason: String, by account: Account
  ) async throws -> ProblemID {
    let platform = platform
    let now = platform.now()
    return try await platform.database.write { connection in
      var work = try ProblemWork(id, for: account, at: now, platform, in: connection)
      let whole = work.problem.registration
      let registration = Registration(
        track: whole.track.rawValue, title: title, detail: detail, concerns: whole.concerns,
        foundOn: whole.foundOn.description)
      let values: Registration.Values
      switch registration.check(now: now, tracks: platform.procedures.tracks) {
      case .success(let checked): values = checked
      case .failure(let faults): throw UseCaseError.registration(faults)
      }
      var event = whole
      (event.title, event.detail) = (values.title, values.detail)
      event.number = try ProblemHistory.nextNumber(in: connection)
      event.sources = work.problem.sources
      event.splitFrom = id
      // Who handed the whole up waits for the whole.
      event.handing = nil
      event.due = Problem.dueFromRegistration(in: work.surroundings)
      let part = try ProblemHistory.register(
        event, at: now, by: account.actor, platform.loop(in: connection), in: connection
      ).problem
      // A problem like any other from now on: its office has something new to judge.
      try TellPeople(platform, in: connection).tell(
        of: .registered(event), part, before: part, at: now, by: account.actor)
      try work.act(.split(part.id, number: event.number, text: reason))
      return part.id
    }
  }
}

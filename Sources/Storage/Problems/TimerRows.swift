import Domain

/// Timers that are due, leased to one server at a time.
package enum TimerRows {
  package struct Due: Hashable, Sendable {
    package let problem: ProblemID
    package let key: Problem.Timer.Key
    package let at: Instant
  }

  /// How long a server has for what it leased; another takes it then.
  package static let leaseSeconds: Int64 = 60

  /// Leases what is due, in the order of time; several servers never get the same.
  package static func lease(
    _ count: Int, now: Instant, in connection: any Connection
  ) throws -> [Due] {
    let due = try connection.rows(
      """
      update problem_timers
      set leased_until = ?1, tries = tries + 1
      from (
        select problem_id as due_problem, rung as due_rung, leg as due_leg,
          milestone as due_milestone, step as due_step
        from problem_timers
        where at <= ?2 and (leased_until is null or leased_until <= ?2)
        order by at, problem_id
        limit ?3\(connection.dialect.skippingLocked)
      ) due
      where problem_id = due_problem and rung = due_rung and leg = due_leg
        and milestone = due_milestone and step = due_step
      returning problem_id, rung, leg, milestone, step, at
      """, [now + leaseSeconds, now, count]
    ) { row in
      let milestone = try row.text(3)
      return Due(
        problem: try row.problemID(0),
        key: .init(
          rung: try row.text(1), leg: Int(try row.int(2)),
          milestone: try milestone.isEmpty ? nil : row.value(3, MilestoneKind.self),
          step: Int(try row.int(4))), at: try row.instant(5))
    }
    return due.sorted { ($0.at, $0.problem.value) < ($1.at, $1.problem.value) }
  }

  /// Puts a leased timer back until later.
  package static func release(
    _ due: Due, until: Instant, in connection: any Connection
  ) throws {
    try connection.run(
      "update problem_timers set leased_until = ?6 \(place)", key(due) + [until.sql])
  }

  /// Puts off a timer that could not be worked off: a minute, four, nine, up to a day.
  package static func putOff(
    _ due: Due, now: Instant, in connection: any Connection
  ) throws {
    try connection.run(
      """
      update problem_timers
      set leased_until = ?6 + 60000 * case when tries < 38 then tries * tries else 1440 end
      \(place)
      """, key(due) + [now.sql])
  }

  /// Leased timers that nobody climbed: those whose time has moved get it, those without a cause go.
  package static func settle(
    _ leased: [Due], of problem: Problem, _ rules: ProblemRules, in connection: any Connection
  ) throws {
    if leased.isEmpty { return }
    let asked = rules.procedures[problem.track].map { problem.timers($0, rules.calendar) } ?? []
    for due in leased {
      if let timer = asked.first(where: { $0.key == due.key }) {
        try connection.run(
          "update problem_timers set leased_until = null, at = ?6 \(place)",
          key(due) + [timer.at.sql])
      } else {
        try connection.run("delete from problem_timers \(place)", key(due))
      }
    }
  }

  private static let place =
    "where problem_id = ?1 and rung = ?2 and leg = ?3 and milestone = ?4 and step = ?5"

  private static func key(_ due: Due) -> [SQLValue] {
    [
      due.problem.sql, .text(due.key.rung), due.key.leg.sql,
      .text(due.key.milestone?.rawValue ?? ""), due.key.step.sql,
    ]
  }

  /// How many are due and not yet worked off.
  package static func backlog(now: Instant, in connection: any Connection) throws -> Int {
    Int(
      try connection.row("select count(*) from problem_timers where at <= ?1", [now]) {
        try $0.int(0)
      }!)
  }
}

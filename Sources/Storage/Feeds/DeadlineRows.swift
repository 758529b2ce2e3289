import Domain

/// What a party has to do by a time.
package enum DeadlineRows {
  package struct Line: Hashable, Sendable {
    package let problem: ProblemID
    package let number: Int64
    package let title: String
    package let kind: Problem.Task.Kind
    package let leg: Int
    package let due: Instant
    /// Of the problem: rises with everything that happens to it.
    package let version: Int
    /// Since when the problem is in its state.
    package let since: Instant
  }

  /// What is due first, first; rides the desk's own index on order_at.
  package static func list(
    _ desk: TaskRows.Desk, limit: Int, now: Instant, in connection: any Connection
  ) throws -> [Line] {
    var conditions = ProblemConditions(in: connection)
    conditions.add(desk)
    conditions.add("t.from_at <=", now)
    conditions.add("t.due_at is not null")
    return try connection.rows(
      """
      select t.problem_id, p.number, p.title, t.task, t.leg, t.due_at, p.version, p.since,
        p.registered_at
      from problem_tasks t
      join problems p on p.id = t.problem_id
      \(conditions.clause)
      order by t.order_at, t.problem_id, t.task, t.leg
      limit \(limit)
      """, conditions.arguments
    ) { row in
      Line(
        problem: try row.problemID(0), number: try row.int(1), title: try row.text(2),
        kind: try row.value(3, Problem.Task.Kind.self), leg: Int(try row.int(4)),
        due: try row.instant(5), version: Int(try row.int(6)),
        since: try row.optionalInstant(7) ?? row.instant(8))
    }
  }
}

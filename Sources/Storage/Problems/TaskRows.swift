import Domain

/// To-do lists: what a party has to do now, by when.
package enum TaskRows {
  /// Whose list it is.
  package enum Desk: Sendable {
    case office
    /// The office's of problems that concern a place below this path, or were registered by the account.
    case area(String, Actor)
    /// Those of units whose path begins with this.
    case units(String)
    case official(OfficialID)
  }

  package struct Line: Hashable, Sendable {
    package let problem: ProblemID
    package let number: Int64
    package let track: Track
    package let title: String
    package let concerns: String
    package let state: ProblemState
    package let kind: Problem.Task.Kind
    package let leg: Int
    package let due: Instant?
    package let yellow: Instant?
    package let order: Instant
  }

  /// The most urgent first; what waits without a date stands by the time it has waited since. Rides the
  /// desk's own index on order_at.
  package static func list(
    _ desk: Desk, limit: Int, now: Instant, in connection: any Connection
  ) throws -> [Line] {
    let lines = """
      select t.problem_id, p.number, p.track, p.title, p.concerns, p.state, t.task, t.leg, t.due_at,
        t.yellow_at, t.order_at
      from problem_tasks t
      join problems p on p.id = t.problem_id
      """
    let order = "order by t.order_at, t.problem_id, t.task, t.leg"
    switch desk {
    case .office:
      return try connection.rows(
        "\(lines) where t.office = 1 and t.from_at <= ?1 \(order) limit ?2", [now, limit], decode)
    case .area(let path, let actor):
      return try connection.rows(
        """
        \(lines)
        where t.office = 1 and t.from_at <= ?1
          and \(ProblemList.inArea("?2", "?3", "?4", orAssigned: false))
        \(order) limit ?5
        """, [now, path, UnitRows.subtreeEnd(path), actor, limit], decode)
    case .official(let official):
      return try connection.rows(
        "\(lines) where t.official_id = ?1 and t.from_at <= ?2 \(order) limit ?3",
        [official, now, limit], decode)
    case .units(let path):
      // Of few units each list is read in its order as far as is needed; most handlers have one.
      let units = try connection.rows(
        "select id from units where path >= ?1 and path < ?2 limit 21",
        [path, UnitRows.subtreeEnd(path)]
      ) { try $0.unitID(0) }
      if units.count <= 20 {
        let each = try units.flatMap { unit in
          try connection.rows(
            "\(lines) where t.unit_id = ?1 and t.from_at <= ?2 \(order) limit ?3",
            [unit, now, limit], decode)
        }
        let sorted = each.sorted {
          ($0.order, $0.problem.value, $0.leg) < ($1.order, $1.problem.value, $1.leg)
        }
        return Array(sorted.prefix(limit))
      }
      return try connection.rows(
        """
        \(lines)
        where t.unit_id in (select id from units where path >= ?1 and path < ?2)
          and t.from_at <= ?3
        \(order) limit ?4
        """, [path, UnitRows.subtreeEnd(path), now, limit], decode)
    }
  }

  private static func decode(_ row: any SQLRow) throws -> Line {
    Line(
      problem: try row.problemID(0), number: try row.int(1), track: try row.value(2, Track.self),
      title: try row.text(3), concerns: try row.text(4),
      state: try row.value(5, ProblemState.self),
      kind: try row.value(6, Problem.Task.Kind.self), leg: Int(try row.int(7)),
      due: try row.optionalInstant(8), yellow: try row.optionalInstant(9),
      order: try row.instant(10))
  }
}

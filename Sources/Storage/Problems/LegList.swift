import Domain

/// The legs a party answers for.
package enum LegList {
  package struct Line: Hashable, Sendable {
    package let problem: ProblemID
    package let number: Int64
    package let title: String
    package let concerns: String
    /// What is the matter, as it was registered.
    package let detail: String
    package let state: ProblemState
    package let leg: Int
    package let role: LegRole
    package let unit: String?
    package let assignedAt: Instant
    package let answeredAt: Instant?
    package let due: Instant?
    package let yellow: Instant?
    package let milestone: MilestoneKind?
    /// The order by which it was assigned.
    package let order: OrderID?
    let sort: Instant

    package var cursor: TaskRows.Cursor {
      TaskRows.Cursor(order: sort, problem: problem, kind: .handle, leg: leg)
    }
  }

  /// Legs still open, what is due first, first; rides problem_tasks_unit or problem_tasks_official.
  package static func open(
    _ desk: TaskRows.Desk, after cursor: TaskRows.Cursor?, limit: Int, now: Instant,
    in connection: any Connection
  ) throws -> Page<Line, TaskRows.Cursor> {
    var lines = try each(desk, in: connection) { narrow in
      var conditions = ProblemConditions(in: connection)
      narrow(&conditions, "t")
      conditions.add("t.task = 'handle'")
      if let cursor {
        conditions.add(
          """
          (t.order_at, t.problem_id, t.task, t.leg) > (\(conditions.place(cursor.order)),
            \(conditions.place(cursor.problem)), 'handle', \(conditions.place(cursor.leg)))
          """)
      }
      return try connection.rows(
        """
        select \(columns), t.due_at, t.yellow_at, t.order_at, (
            select d.milestone
            from problem_dues d
            where d.problem_id = t.problem_id and d.leg = t.leg and d.due_at = t.due_at
              and d.met_at is null and d.ended_at is null
            order by d.milestone
            limit 1)
        from problem_tasks t
        join problem_legs l on l.problem_id = t.problem_id and l.leg = t.leg
        \(joins)
        \(conditions.clause)
        order by t.order_at, t.problem_id, t.task, t.leg
        limit \(limit + 1)
        """, conditions.arguments, decode)
    }
    lines.sort { $0.cursor < $1.cursor }
    let hasMore = lines.count > limit
    lines = Array(lines.prefix(limit))
    return Page(items: lines, next: hasMore ? lines.last?.cursor : nil)
  }

  /// Legs answered lately, the last first; rides problem_legs_unit_answered or
  /// problem_legs_official_answered.
  package static func answered(
    _ desk: TaskRows.Desk, limit: Int, in connection: any Connection
  ) throws -> [Line] {
    let lines = try each(desk, in: connection) { narrow in
      var conditions = ProblemConditions(in: connection)
      narrow(&conditions, "l")
      conditions.add("l.answered_at is not null")
      return try connection.rows(
        """
        select \(columns), null, null, l.answered_at, null
        from problem_legs l
        \(joins)
        \(conditions.clause)
        order by l.answered_at desc, l.problem_id desc, l.leg desc
        limit \(limit)
        """, conditions.arguments, decode)
    }
    return Array(lines.sorted { $1.cursor < $0.cursor }.prefix(limit))
  }

  /// Narrows a query to whose legs they are, by the columns of a table.
  private typealias Narrowing = (inout ProblemConditions, _ table: String) -> Void

  /// One list for each unit, where they are few, so that each is read in its order as far as is needed.
  private static func each(
    _ desk: TaskRows.Desk, in connection: any Connection, _ body: (Narrowing) throws -> [Line]
  ) throws -> [Line] {
    switch desk {
    case .office, .area: return []
    case .official(let official):
      return try body { $0.add("\($1).official_id =", official) }
    case .units(let path):
      if let units = try TaskRows.few(path, in: connection) {
        return try units.flatMap { unit in try body { $0.add("\($1).unit_id =", unit) } }
      }
      return try body { conditions, table in
        let end = conditions.place(UnitRows.subtreeEnd(path))
        conditions.add(
          """
          \(table).unit_id in (
            select id from units where path >= \(conditions.place(path)) and path < \(end))
          """)
      }
    }
  }

  private static let columns = """
    l.problem_id, p.number, p.title, p.concerns, p.detail, p.state, l.leg, l.role, u.name,
    l.assigned_at, l.answered_at, (
      select o.id
      from orders o
      where o.problem_id = l.problem_id and o.leg = l.leg and o.kind = 'assignment'
        and o.state = 'issued' and o.revokes is null
      order by o.id
      limit 1)
    """

  private static let joins = """
    join problems p on p.id = l.problem_id
    left join units u on u.id = l.unit_id
    """

  private static func decode(_ row: any SQLRow) throws -> Line {
    Line(
      problem: try row.problemID(0), number: try row.int(1), title: try row.text(2),
      concerns: try row.text(3), detail: try row.text(4),
      state: try row.value(5, ProblemState.self), leg: Int(try row.int(6)),
      role: try row.value(7, LegRole.self), unit: try row.optionalText(8),
      assignedAt: try row.instant(9), answeredAt: try row.optionalInstant(10),
      due: try row.optionalInstant(12), yellow: try row.optionalInstant(13),
      milestone: try row.optionalValue(15, MilestoneKind.self),
      order: try row.optionalInt(11).map { OrderID($0) }, sort: try row.instant(14))
  }
}

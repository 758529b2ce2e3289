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
    /// What is due: the milestone of its due instant.
    package let milestone: MilestoneKind?
    /// Whose leg it is about, or who leads.
    package let unit: String?
    package let outcome: Outcome?

    package var cursor: Cursor {
      Cursor(order: order, problem: problem, kind: kind, leg: leg)
    }
  }

  /// Where a page ends.
  package struct Cursor: Hashable, Sendable, LosslessStringConvertible {
    let order: Instant
    let problem: ProblemID
    let kind: Problem.Task.Kind
    let leg: Int

    init(order: Instant, problem: ProblemID, kind: Problem.Task.Kind, leg: Int) {
      (self.order, self.problem, self.kind, self.leg) = (order, problem, kind, leg)
    }

    /// `1790000000000.17.judge.0`
    package init?(_ text: String) {
      let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 4, let order = Int64(parts[0]), let problem = Int64(parts[1]),
        let kind = Problem.Task.Kind(rawValue: parts[2]), let leg = Int(parts[3])
      else { return nil }
      self.init(
        order: Instant(milliseconds: order), problem: ProblemID(problem), kind: kind, leg: leg)
    }

    package var description: String {
      "\(order.milliseconds).\(problem.value).\(kind.rawValue).\(leg)"
    }

    /// The order of a list, as the engines see it within one task.
    static func < (a: Cursor, b: Cursor) -> Bool {
      (a.order, a.problem.value, a.kind.rawValue, a.leg)
        < (b.order, b.problem.value, b.kind.rawValue, b.leg)
    }
  }

  /// The most urgent first; what waits without a date stands by the time it has waited since. Rides the
  /// desk's own index on order_at; the office's also by task, by due time and by what waits.
  package static func page(
    _ desk: Desk, _ filter: TaskFilter = TaskFilter(), after cursor: Cursor? = nil, limit: Int,
    now: Instant, in connection: any Connection
  ) throws -> Page<Line, Cursor> {
    func list(_ narrow: (inout ProblemConditions) -> Void) throws -> [Line] {
      var conditions = ProblemConditions(in: connection)
      narrow(&conditions)
      filter.narrow(&conditions, now: now)
      return try rows(&conditions, after: cursor, limit: limit + 1, in: connection)
    }
    var lines: [Line]
    // Of few units each list is read in its order as far as is needed; most handlers have one.
    if case .units(let path) = desk, let units = try few(path, in: connection) {
      lines = try units.flatMap { unit in try list { $0.add("t.unit_id =", unit) } }
      lines.sort { $0.cursor < $1.cursor }
    } else {
      lines = try list { $0.add(desk) }
    }
    let hasMore = lines.count > limit
    lines = Array(lines.prefix(limit))
    return Page(items: lines, next: hasMore ? lines.last?.cursor : nil)
  }

  /// The first lines of a list.
  package static func list(
    _ desk: Desk, limit: Int, now: Instant, in connection: any Connection
  ) throws -> [Line] {
    try page(desk, limit: limit, now: now, in: connection).items
  }

  /// The units of a subtree where they are few.
  static func few(_ path: String, in connection: any Connection) throws -> [UnitID]? {
    let units = try connection.rows(
      "select id from units where path >= ?1 and path < ?2 limit 21",
      [path, UnitRows.subtreeEnd(path)]
    ) { try $0.unitID(0) }
    return units.count <= 20 ? units : nil
  }

  private static func rows(
    _ conditions: inout ProblemConditions, after cursor: Cursor?, limit: Int,
    in connection: any Connection
  ) throws -> [Line] {
    if let cursor {
      conditions.add(
        """
        (t.order_at, t.problem_id, t.task, t.leg) > (\(conditions.place(cursor.order)),
          \(conditions.place(cursor.problem)), \(conditions.place(cursor.kind)),
          \(conditions.place(cursor.leg)))
        """)
    }
    return try connection.rows(
      """
      \(select)
      \(conditions.clause)
      order by t.order_at, t.problem_id, t.task, t.leg
      limit \(limit)
      """, conditions.arguments, decode)
  }

  private static let select = """
    select t.problem_id, p.number, p.track, p.title, p.concerns, p.state, t.task, t.leg, t.due_at,
      t.yellow_at, t.order_at, u.name, p.outcome, (
        select d.milestone
        from problem_dues d
        where d.problem_id = t.problem_id and d.leg = t.leg and d.due_at = t.due_at
          and d.met_at is null and d.ended_at is null
        order by d.milestone
        limit 1)
    from problem_tasks t
    join problems p on p.id = t.problem_id
    left join problem_legs l on l.problem_id = t.problem_id and l.leg = t.leg
    left join units u on u.id = coalesce(l.unit_id, p.unit_id)
    """

  private static func decode(_ row: any SQLRow) throws -> Line {
    Line(
      problem: try row.problemID(0), number: try row.int(1), track: try row.value(2, Track.self),
      title: try row.text(3), concerns: try row.text(4),
      state: try row.value(5, ProblemState.self),
      kind: try row.value(6, Problem.Task.Kind.self), leg: Int(try row.int(7)),
      due: try row.optionalInstant(8), yellow: try row.optionalInstant(9),
      order: try row.instant(10), milestone: try row.optionalValue(13, MilestoneKind.self),
      unit: try row.optionalText(11), outcome: try row.optionalValue(12, Outcome.self))
  }
}

extension ProblemConditions {
  /// Narrows tasks `t` of problems `p` to a desk's.
  mutating func add(_ desk: TaskRows.Desk) {
    switch desk {
    case .office: add("t.office = 1")
    case .area(let path, let actor):
      add("t.office = 1")
      addArea(path, actor, orAssigned: false)
    case .official(let official): add("t.official_id =", official)
    case .units(let path):
      let (low, high) = (place(path), place(UnitRows.subtreeEnd(path)))
      add("t.unit_id in (select id from units where path >= \(low) and path < \(high))")
    }
  }
}

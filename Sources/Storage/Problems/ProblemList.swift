import Domain

/// One line of a list.
package struct ProblemSummary: Hashable, Sendable {
  package let id: ProblemID
  package let version: Int
  package let number: Int64
  package let track: Track
  package let title: String
  package let concerns: String
  package let state: ProblemState
  package let category: String?
  package let difficulty: Difficulty?
  /// The code of a tier of its procedure.
  package let tier: String?
  package let foundOn: Day
  package let registeredAt: Instant
  /// When its lamp turns yellow.
  package let yellowAt: Instant?
  /// The open milestone due first.
  package let dueAt: Instant?
  package let unitName: String?
  package let outcome: Outcome?
}

/// A page of a list.
package typealias ProblemPage = Page<ProblemSummary, ProblemCursor>

package enum ProblemList {
  /// Which problems an account may see.
  package enum Visibility: Sendable {
    case all
    /// Those assigned to a unit whose path begins with this.
    case unitPath(String)
    /// Those that concern a place or an enterprise below this path, were assigned to a unit below it, or
    /// were registered by the account itself.
    case area(String, Actor)
    /// Those that concern this very place, or were registered by the account itself.
    case place(UnitID, Actor)
    /// Those that concern this enterprise.
    case enterprise(EnterpriseID)
    /// Those in which an official has a line, or that they registered themselves.
    case official(OfficialID, Actor)
  }

  /// Keyset paging in the order of the filter: problems_due, problems_registered, problems_found or,
  /// the newest first, the primary key. Then with a filter its index ((state, id) or its kin), with
  /// several the one the engine thinks narrowest; what an account may see by its units is looked up per
  /// unit and sorted.
  package static func page(
    _ filter: ProblemFilter, visible: Visibility, before: ProblemCursor?, limit: Int,
    now: Instant, in connection: any Connection
  ) throws -> ProblemPage {
    var conditions = ProblemConditions(in: connection)
    let order = filter.order
    if let before { conditions.add(after: before, order) }
    try conditions.add(filter, now: now)
    conditions.add(visible)
    if order == .due { conditions.add("p.due_at is not null") }
    return try connection.page(
      """
      \(select)
      \(conditions.clause)
      order by \(sorting(filter))
      """, conditions.arguments, size: limit, key: { cursor($0, order) }, decode)
  }

  /// All problems of a filter that may be seen, in the list's order.
  package static func forEach(
    _ filter: ProblemFilter, visible: Visibility, now: Instant, in connection: any Connection,
    _ body: (ProblemSummary) throws -> Void
  ) throws {
    var conditions = ProblemConditions(in: connection)
    try conditions.add(filter, now: now)
    conditions.add(visible)
    if filter.order == .due { conditions.add("p.due_at is not null") }
    try connection.stream(
      "\(select) \(conditions.clause) order by \(sorting(filter))", conditions.arguments
    ) { try body(decode($0)) }
  }

  /// All problems that may be seen, the oldest first; rides the primary key, or problems_unit.
  package static func forEach(
    visible: Visibility, in connection: any Connection, _ body: (ProblemSummary) throws -> Void
  ) throws {
    var conditions = ProblemConditions(in: connection)
    conditions.add(visible)
    try connection.stream(
      "\(select) \(conditions.clause) order by p.id", conditions.arguments
    ) { try body(decode($0)) }
  }

  /// These problems, by id; rides the primary key.
  package static func summaries(
    _ ids: [ProblemID], in connection: any Connection
  ) throws -> [ProblemID: ProblemSummary] {
    let list = connection.dialect.list(ids.map(\.value))
    let found = try connection.rows(
      "\(select) where \(connection.dialect.among("p.id", "?1"))", [list], decode)
    return Dictionary(uniqueKeysWithValues: found.map { ($0.id, $0) })
  }

  /// Which of these may be seen; rides the primary key.
  package static func visible(
    _ ids: Set<ProblemID>, _ visible: Visibility, in connection: any Connection
  ) throws -> Set<ProblemID> {
    if case .all = visible { return ids }
    var conditions = ProblemConditions(in: connection)
    let list = conditions.place(connection.dialect.list(ids.map(\.value)))
    conditions.add(connection.dialect.among("p.id", list))
    conditions.add(visible)
    return Set(
      try connection.rows(
        "select p.id from problems p \(conditions.clause)", conditions.arguments
      ) { try $0.problemID(0) })
  }

  /// - Returns: nil where there is no such problem, or it may not be seen.
  package static func version(
    of id: ProblemID, _ visible: Visibility, in connection: any Connection
  ) throws -> Int? {
    var conditions = ProblemConditions(in: connection)
    conditions.add("p.id = \(conditions.place(id))")
    conditions.add(visible)
    return try connection.row(
      "select p.version from problems p \(conditions.clause)", conditions.arguments
    ) { Int(try $0.int(0)) }
  }

  /// Narrows to what an account may see.
  static func narrow(
    _ visible: Visibility, orAssigned: Bool = true, _ conditions: inout [String],
    _ arguments: inout [any SQLConvertible]
  ) {
    func placeholder(_ value: any SQLConvertible) -> String {
      arguments.append(value)
      return "?\(arguments.count)"
    }
    switch visible {
    case .all: break
    case .official(let official, let actor):
      conditions.append(
        """
        p.id in (
          select problem_id from problem_legs where official_id = \(placeholder(official))
          union all
          select id from problems where registered_by = \(placeholder(actor)))
        """)
    case .unitPath(let path):
      conditions.append(
        """
        p.id in (
          select l.problem_id
          from problem_legs l
          join units u on u.id = l.unit_id
          where u.path >= \(placeholder(path)) and u.path < \(placeholder(UnitRows.subtreeEnd(path)))
            and (l.withdrawal is null or l.withdrawal <> 'objection'))
        """)
    case .area(let path, let actor):
      conditions.append(
        inArea(
          placeholder(path), placeholder(UnitRows.subtreeEnd(path)), placeholder(actor),
          orAssigned: orAssigned))
    case .place(let unit, let actor):
      conditions.append(
        """
        p.id in (
          select id from problems where concerns_unit_id = \(placeholder(unit))
          union all
          select id from problems where registered_by = \(placeholder(actor)))
        """)
    case .enterprise(let id):
      conditions.append("p.concerns_enterprise_id = \(placeholder(id))")
    }
  }

  /// Whether problem `p` concerns a place or an enterprise between two paths, or was registered by an
  /// actor; the arguments are placeholders. Looked at problem by problem: a county has a good share of
  /// all, so that a page is full soon.
  /// - Parameter orAssigned: or was assigned to a unit there.
  static func inArea(
    _ low: String, _ high: String, _ actor: String, orAssigned: Bool
  ) -> String {
    let assigned = """
      or exists (
        select 1
        from problem_legs l
        join units u on u.id = l.unit_id
        where l.problem_id = p.id and u.path >= \(low) and u.path < \(high)
          and (l.withdrawal is null or l.withdrawal <> 'objection'))
      """
    return """
      (p.registered_by = \(actor)
        or exists (
          select 1
          from units u
          where u.id = p.concerns_unit_id and u.path >= \(low) and u.path < \(high))
        or exists (
          select 1
          from enterprises e
          join units u on u.id = e.unit_id
          where e.id = p.concerns_enterprise_id and u.path >= \(low) and u.path < \(high))
        \(orAssigned ? assigned : ""))
      """
  }

  /// Those of a batch, the oldest first; rides problems_batch.
  package static func ofBatch(
    _ batch: BatchID, limit: Int, in connection: any Connection
  ) throws -> [ProblemSummary] {
    try connection.rows(
      "\(select) where p.batch_id = ?1 order by p.id limit ?2", [batch, limit], decode)
  }

  /// These, in no order; rides the primary key.
  package static func of(
    _ ids: [ProblemID], in connection: any Connection
  ) throws -> [ProblemSummary] {
    if ids.isEmpty { return [] }
    // Engines take so many arguments and not more.
    return try stride(from: 0, to: ids.count, by: 500).flatMap { start in
      let some = Array(ids[start..<min(start + 500, ids.count)])
      return try connection.rows("\(select) where p.id in (\(places(some.count)))", some, decode)
    }
  }

  private static func sorting(_ filter: ProblemFilter) -> String {
    switch filter.order {
    case .due: return "p.due_at, p.id"
    case .registered: return "p.registered_at desc, p.id desc"
    case .found: return "p.found_on desc, p.id desc"
    case .newest:
      // The few that are due are found by problems_due and sorted: walking the whole key backwards
      // for them would read every closed problem on the way.
      return filter.isOfLamp ? "p.id + 0 desc" : "p.id desc"
    }
  }

  private static func cursor(_ problem: ProblemSummary, _ order: ProblemSort) -> ProblemCursor {
    let key: Int64? =
      switch order {
      case .newest: nil
      case .due: problem.dueAt?.milliseconds
      case .registered: problem.registeredAt.milliseconds
      case .found: Int64(problem.foundOn.number)
      }
    return ProblemCursor(problem.id, key: key)
  }

  static let select = """
    select p.id, p.number, p.track, p.title, p.concerns, p.state, p.category, p.registered_at,
      p.yellow_at, p.due_at, u.name, p.outcome, p.version, p.difficulty, p.tier, p.found_on
    from problems p
    left join units u on u.id = p.unit_id
    """

  static func decode(_ row: any SQLRow) throws -> ProblemSummary {
    ProblemSummary(
      id: try row.problemID(0), version: Int(try row.int(12)), number: try row.int(1),
      track: try row.value(2, Track.self), title: try row.text(3), concerns: try row.text(4),
      state: try row.value(5, ProblemState.self), category: try row.optionalText(6),
      difficulty: try row.optionalValue(13, Difficulty.self), tier: try row.optionalText(14),
      foundOn: try row.day(15), registeredAt: try row.instant(7),
      yellowAt: try row.optionalInstant(8), dueAt: try row.optionalInstant(9),
      unitName: try row.optionalText(10), outcome: try row.optionalValue(11, Outcome.self))
  }
}

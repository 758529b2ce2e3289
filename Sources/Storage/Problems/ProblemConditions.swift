import Domain

/// The `where` of a list of problems, and its arguments.
struct ProblemConditions {
  private(set) var parts: [String] = []
  private(set) var arguments: [any SQLConvertible] = []
  private let connection: any Connection

  /// Subtrees up to so many units are looked up unit by unit; of greater ones so much is found anywhere
  /// that walking the list is quicker.
  private static let fewUnits = 40

  init(in connection: any Connection) { self.connection = connection }

  var clause: String { parts.isEmpty ? "" : "where " + parts.joined(separator: " and ") }

  /// A condition with one value at its end.
  mutating func add(_ condition: String, _ value: any SQLConvertible) {
    parts.append(condition + " " + place(value))
  }

  mutating func add(_ condition: String) { parts.append(condition) }

  /// The place of another argument.
  mutating func place(_ value: any SQLConvertible) -> String {
    arguments.append(value)
    return "?\(arguments.count)"
  }

  /// A sign before a column that keeps SQLite from its index; PostgreSQL knows how many rows have what.
  private var unindexed: String { connection.dialect == .sqlite ? "+" : "" }

  mutating func add(_ filter: ProblemFilter, now: Instant) throws {
    // Half of all have a track; nothing but the list's order is worth an index then.
    if let track = filter.track { add("\(unindexed)p.track =", track) }
    // In the order of a day its own index is ridden, or everything of a state would be sorted.
    let sign = filter.order == .newest && !filter.isOfLamp ? "" : unindexed
    if let state = filter.state { add("\(sign)p.state =", state) }
    if let category = filter.category { add("\(sign)p.category =", category) }
    if let difficulty = filter.difficulty { add("\(sign)p.difficulty =", difficulty) }
    if let tier = filter.tier { add("\(sign)p.tier =", tier) }
    if let outcome = filter.outcome { add("\(sign)p.outcome =", outcome) }
    if let number = filter.number { add("p.number =", number) }
    if let rating = filter.rating { add(rating) }
    if let lamp = filter.lamp { add(lamp, now: now) }
    if let ids = filter.among {
      let list = place(connection.dialect.list(ids.map(\.value)))
      add(connection.dialect.among("p.id", list))
    }
    add(filter)
    if let path = filter.handler { try addHandler(path) }
    if let path = filter.place { try addPlace(path) }
  }

  private mutating func add(_ filter: ProblemFilter) {
    if let from = filter.found.from { add("p.found_on >=", from) }
    if let to = filter.found.to { add("p.found_on <=", to) }
    if let from = filter.registered.from { add("p.registered_at >=", Instant(startOf: from)) }
    if let to = filter.registered.to { add("p.registered_at <", Instant(startOf: to + 1)) }
    // The instant of a due day is its end.
    if let from = filter.due.from { add("p.due_at >", Instant(startOf: from)) }
    if let to = filter.due.to { add("p.due_at <=", Instant(startOf: to + 1)) }
  }

  private mutating func add(_ lamp: Lamp, now: Instant) {
    switch lamp {
    case .red: add("p.due_at <=", now)
    case .yellow:
      add("p.due_at >", now)
      add("p.yellow_at <=", now)
    case .green:
      add("p.due_at >", now)
      add("p.yellow_at >", now)
    case .grey: add("p.due_at is null")
    }
  }

  /// Few are dissatisfied: they are looked up. The others are met with on the way.
  private mutating func add(_ rating: Rating) {
    let value = place(rating)
    let rated = "select 1 from problem_rounds r where r.problem_id = p.id and r.round = p.round"
    add(
      rating == .dissatisfied
        ? """
        p.id in (
          select r.problem_id
          from problem_rounds r
          join problems q on q.id = r.problem_id and q.round = r.round
          where r.rating = \(value))
        """ : "exists (\(rated) and r.rating = \(value))")
  }

  /// `select id` of the units of a subtree, and whether they are few.
  private mutating func units(_ path: String) throws -> (select: String, areFew: Bool) {
    let end = UnitRows.subtreeEnd(path)
    let count = try connection.row(
      """
      select count(*)
      from (
        select 1 from units where path >= ?1 and path < ?2 limit \(Self.fewUnits + 1)
      ) as bounded
      """, [path, end]
    ) { try $0.int(0) }
    let range = "path >= \(place(path)) and path < \(place(end))"
    return ("select id from units where \(range)", (count ?? 0) <= Self.fewUnits)
  }

  private mutating func addHandler(_ path: String) throws {
    let (units, areFew) = try units(path)
    add("\(areFew ? "" : unindexed)p.unit_id in (\(units))")
  }

  private mutating func addPlace(_ path: String) throws {
    let (units, areFew) = try units(path)
    let enterprises = "select e.id from enterprises e where e.unit_id in (\(units))"
    add(
      areFew
        ? """
        p.id in (
          select id from problems where concerns_unit_id in (\(units))
          union all
          select id from problems where concerns_enterprise_id in (\(enterprises)))
        """
        : """
        (\(unindexed)p.concerns_unit_id in (\(units))
          or \(unindexed)p.concerns_enterprise_id in (\(enterprises)))
        """)
  }

  /// Narrows to what an account may see.
  mutating func add(_ visible: ProblemList.Visibility) {
    ProblemList.narrow(visible, &parts, &arguments)
  }

  /// - Parameter orAssigned: or was assigned to a unit there.
  mutating func addArea(_ path: String, _ actor: Actor, orAssigned: Bool) {
    add(
      ProblemList.inArea(
        place(path), place(UnitRows.subtreeEnd(path)), place(actor), orAssigned: orAssigned))
  }

  /// Narrows to what comes after a page.
  mutating func add(after cursor: ProblemCursor, _ order: ProblemSort) {
    guard let column = order.column, let key = cursor.key else { return add("p.id <", cursor.id) }
    let sign = order == .due ? ">" : "<"
    add("(\(column), p.id) \(sign) (\(place(key)), \(place(cursor.id)))")
  }
}

extension ProblemSort {
  /// Nil for the newest first.
  var column: String? {
    switch self {
    case .newest: nil
    case .due: "p.due_at"
    case .registered: "p.registered_at"
    case .found: "p.found_on"
    }
  }
}

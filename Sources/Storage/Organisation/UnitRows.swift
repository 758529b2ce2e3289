import Domain

/// The organisation tree in the database. A unit's `path` lists the ids from the root to itself, so
/// that a subtree is one range of the index.
package enum UnitRows {
  package struct Stored: Hashable, Sendable {
    package let unit: Unit
    /// `/1/17/203/`
    package let path: String
    /// Since when it is as it is.
    package let since: Day
    /// The unit that stands for it, where it was merged away.
    package let successor: UnitID?

    package init(unit: Unit, path: String, since: Day, successor: UnitID? = nil) {
      self.unit = unit
      self.path = path
      self.since = since
      self.successor = successor
    }
  }

  package static func find(_ id: UnitID, in connection: any Connection) throws -> Stored? {
    try connection.row("\(select) where u.id = ?1", [id], decode)
  }

  /// The unit that has this code today.
  package static func find(_ code: DivisionCode, in connection: any Connection) throws -> Stored? {
    try connection.row(
      """
      \(select)
      where u.id = (select unit_id from unit_codes where code = ?1 and valid_to is null)
      """, [code], decode)
  }

  /// Units of this name that exist today; rides units_name.
  package static func find(name: String, in connection: any Connection) throws -> [Stored] {
    try connection.rows("\(select) where u.name = ?1 and u.valid_to is null", [name], decode)
  }

  /// The units directly below one, or the roots; rides units_sibling_name.
  package static func children(
    of parent: UnitID?, in connection: any Connection
  ) throws -> [Stored] {
    let order = "and u.valid_to is null order by 6 nulls last, u.name"
    guard let parent else {
      return try connection.rows("\(select) where u.parent_id is null \(order)", [], decode)
    }
    return try connection.rows("\(select) where u.parent_id = ?1 \(order)", [parent], decode)
  }

  /// The unit of this name directly below another; rides units_sibling_name.
  package static func child(
    _ name: String, of parent: UnitID, in connection: any Connection
  ) throws -> Stored? {
    try connection.row(
      "\(select) where u.parent_id = ?1 and u.name = ?2 and u.valid_to is null", [parent, name],
      decode)
  }

  /// The unit, or the one that stands for it since it was merged away.
  package static func present(_ id: UnitID, in connection: any Connection) throws -> Stored? {
    guard let stored = try find(id, in: connection) else { return nil }
    return try stored.successor.flatMap { try find($0, in: connection) } ?? stored
  }

  /// The units from the root down to the one with this path.
  package static func line(of stored: Stored, in connection: any Connection) throws -> [Stored] {
    let ids = stored.path.split(separator: "/").compactMap { Int64($0) }
    return try connection.rows(
      "\(select) where u.id in (\(places(ids.count))) order by length(u.path)", ids, decode)
  }

  /// The names from the root down to the unit: `示例市/清河县/柳林镇`.
  package static func namePath(
    of unit: UnitID, in connection: any Connection
  ) throws -> String? {
    let path = try connection.row("select path from units where id = ?1", [unit]) {
      try $0.text(0)
    }
    guard let path else { return nil }
    let ids = path.split(separator: "/").compactMap { Int64($0) }
    return try connection.rows(
      "select name from units where id in (\(places(ids.count))) order by length(path)", ids
    ) { try $0.text(0) }.joined(separator: "/")
  }

  /// The paths by names of several units, in two queries.
  package static func namePaths(
    of units: [UnitID], in connection: any Connection
  ) throws -> [UnitID: String] {
    var lines: [UnitID: [Int64]] = [:]
    try connection.forEach(
      "select id, path from units where \(connection.dialect.among("id", "?1"))",
      [connection.dialect.list(Array(Set(units.map(\.value))))]
    ) { lines[try $0.unitID(0)] = try $0.text(1).split(separator: "/").compactMap { Int64($0) } }
    var names: [Int64: String] = [:]
    try connection.forEach(
      // A unit that was merged away lies in its successor and is not named beside it.
      """
      select id, name
      from units
      where \(connection.dialect.among("id", "?1")) and successor_id is null
      """,
      [connection.dialect.list(Array(Set(lines.values.joined())))]
    ) { names[try $0.int(0)] = try $0.text(1) }
    return lines.mapValues { $0.compactMap { names[$0] }.joined(separator: "/") }
  }

  /// The names of several units, without where they lie.
  package static func names(
    of units: [UnitID], in connection: any Connection
  ) throws -> [UnitID: String] {
    var names: [UnitID: String] = [:]
    try connection.forEach(
      "select id, name from units where \(connection.dialect.among("id", "?1"))",
      [connection.dialect.list(Array(Set(units.map(\.value))))]
    ) { names[try $0.unitID(0)] = try $0.text(1) }
    return names
  }

  /// Units whose name begins with a text; rides units_name.
  package static func named(
    startingWith prefix: String, limit: Int, in connection: any Connection
  ) throws -> [Stored] {
    try connection.rows(
      """
      \(select)
      where u.name >= ?1 and u.name < ?2 and u.valid_to is null
      order by u.name, u.id
      limit ?3
      """, [prefix, prefix + "\u{10FFFF}", limit], decode)
  }

  /// Every unit that exists today, or all that are in a subtree, parents first; rides units_path.
  package static func all(
    under path: String = "/", in connection: any Connection, _ body: (Stored) throws -> Void
  ) throws {
    try connection.stream(
      """
      \(select)
      where u.path >= ?1 and u.path < ?2 and u.valid_to is null
      order by u.path
      """, [path, subtreeEnd(path)]
    ) { try body(decode($0)) }
  }

  /// Whether a unit was there and has ended since.
  package static func isClosed(
    _ name: String, under parent: UnitID, from day: Day, in connection: any Connection
  ) throws -> Bool {
    try connection.row(
      """
      select 1
      from units
      where parent_id = ?1 and name = ?2 and valid_from = ?3 and valid_to is not null
      """, [parent, name, day]
    ) { _ in true } ?? false
  }

  /// The units that were merged away, with those that stand for them; rides units_successor.
  package static func successors(in connection: any Connection) throws -> [UnitID: UnitID] {
    var found: [UnitID: UnitID] = [:]
    try connection.stream(
      "select id, successor_id from units where successor_id is not null", []
    ) { found[try $0.unitID(0)] = try $0.unitID(1) }
    return found
  }

  /// All codes of today with their units.
  package static func codes(
    in connection: any Connection, _ body: (DivisionCode, UnitID) throws -> Void
  ) throws {
    try connection.stream("select code, unit_id from unit_codes where valid_to is null", []) {
      try body($0.present(DivisionCode($0.text(0)), 0), $0.unitID(1))
    }
  }

  package static func count(in connection: any Connection) throws -> Int {
    Int(try connection.row("select count(*) from units", []) { try $0.int(0) }!)
  }

  /// What a subtree's paths come before: digits and slashes all do.
  package static func subtreeEnd(_ path: String) -> String { path + ":" }

  /// What belongs to one unit itself, or to one it stands for; an indexed count each.
  package static func uses(of unit: UnitID, in connection: any Connection) throws -> UnitUses {
    let these = "(select id from units where id = ?1 or successor_id = ?1)"
    return try connection.row(
      """
      select
        (select count(*) from officials where unit_id in \(these) and status = 'serving'),
        (select count(*) from enterprises where unit_id in \(these) and merged_into is null),
        (select count(*) from accounts
          where unit_id in \(these) and closed_at is null and maker_id is null),
        (select count(*) from problems
          where (unit_id in \(these) or concerns_unit_id in \(these))
            and state not in ('closed', 'declined'))
      """, [unit]
    ) { row in
      var uses = UnitUses()
      uses.officials = Int(try row.int(0))
      uses.enterprises = Int(try row.int(1))
      uses.accounts = Int(try row.int(2))
      uses.openProblems = Int(try row.int(3))
      return uses
    }!
  }

  static let select = """
    select u.id, u.parent_id, u.kind, u.level, u.name,
      (select min(c.code) from unit_codes c where c.unit_id = u.id and c.valid_to is null),
      u.valid_from, u.valid_to, u.path, u.since, u.successor_id
    from units u
    """

  /// Of several codes the smallest stands for the unit.
  static func decode(_ row: any SQLRow) throws -> Stored {
    let code = try row.optionalText(5)
    return Stored(
      unit: Unit(
        id: try row.unitID(0), parent: try row.optionalUnitID(1),
        kind: try row.value(2, UnitKind.self), level: try row.value(3, UnitLevel.self),
        name: try row.text(4),
        divisionCode: try code.map { try row.present(DivisionCode($0), 5) },
        validFrom: try row.day(6), validTo: try row.optionalDay(7)),
      path: try row.text(8), since: try row.day(9), successor: try row.optionalUnitID(10))
  }
}

import Domain
import Ledger

/// The organisation tree in the database. A unit's `path` lists the ids from the root to itself, so
/// that a subtree is one range of the index.
package enum UnitRows {
  package struct Stored: Hashable, Sendable {
    package let unit: Unit
    /// `/1/17/203/`
    package let path: String
  }

  struct Created: Codable {
    var parent: UnitID?
    var kind: String
    var level: String
    var name: String
    var divisionCode: String?
    var validFrom: Day
  }

  struct Renamed: Codable {
    var from: String
    var to: String
  }

  /// Adds a unit and its ledger entry.
  /// - Throws: `StorageError.notUnique` where a sibling has the name or a unit the code.
  @discardableResult
  package static func create(
    _ unit: Unit, under parent: Stored?, at now: Instant, by actor: Actor,
    in connection: any Connection
  ) throws -> Stored {
    let path = (parent?.path ?? "/") + "\(unit.id.value)/"
    try connection.run(
      """
      insert into units (id, parent_id, kind, level, name, path, valid_from, valid_to)
      values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
      """,
      [
        unit.id, parent?.unit.id, unit.kind, unit.level, unit.name, path, unit.validFrom,
        unit.validTo,
      ])
    if let code = unit.divisionCode {
      try connection.run(
        "insert into unit_division_codes (code, unit_id) values (?1, ?2)", [code, unit.id])
    }
    let created = Created(
      parent: parent?.unit.id, kind: unit.kind.rawValue, level: unit.level.rawValue,
      name: unit.name, divisionCode: unit.divisionCode?.text, validFrom: unit.validFrom)
    try append(
      "unit.created", try Payload.encode(created), to: unit.id, version: 1, at: now, by: actor,
      in: connection)
    return Stored(unit: unit, path: path)
  }

  package static func rename(
    _ unit: Unit, to name: String, at now: Instant, by actor: Actor, in connection: any Connection
  ) throws {
    try connection.run("update units set name = ?2 where id = ?1", [unit.id, name])
    let version = try LedgerRows.lastVersion(of: "unit/\(unit.id.value)", in: connection)
    try append(
      "unit.renamed", try Payload.encode(Renamed(from: unit.name, to: name)), to: unit.id,
      version: version + 1, at: now, by: actor, in: connection)
  }

  private static func append(
    _ kind: String, _ payload: String, to unit: UnitID, version: Int, at now: Instant,
    by actor: Actor, in connection: any Connection
  ) throws {
    try LedgerRows.append(
      LedgerEntry(
        id: Identifiers.shared.next(now), stream: "unit/\(unit.value)", version: version, at: now,
        actor: actor, kind: kind, payload: payload),
      to: connection)
  }

  package static func find(_ id: UnitID, in connection: any Connection) throws -> Stored? {
    try connection.row("\(select) where u.id = ?1", [id], decode)
  }

  package static func find(_ code: DivisionCode, in connection: any Connection) throws -> Stored? {
    try connection.row(
      "\(select) where u.id = (select unit_id from unit_division_codes where code = ?1)", [code],
      decode)
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

  /// The unit of this name directly below another, or at the top; rides units_sibling_name.
  package static func child(
    _ name: String, of parent: UnitID?, in connection: any Connection
  ) throws -> Stored? {
    let (condition, arguments): (String, [any SQLConvertible]) =
      if let parent {
        ("u.parent_id = ?2", [name, parent])
      } else {
        ("u.parent_id is null", [name])
      }
    return try connection.row(
      "\(select) where \(condition) and u.name = ?1 and u.valid_to is null", arguments, decode)
  }

  /// The units from the root down to the one with this path.
  package static func line(of stored: Stored, in connection: any Connection) throws -> [Stored] {
    let ids = stored.path.split(separator: "/").compactMap { Int64($0) }
    return try connection.rows(
      "\(select) where u.id in (\(places(ids.count))) order by length(u.path)", ids, decode)
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

  package static func count(in connection: any Connection) throws -> Int {
    Int(try connection.row("select count(*) from units", []) { try $0.int(0) }!)
  }

  /// A unit may have several division codes; the first stands for it.
  private static let select = """
    select u.id, u.parent_id, u.kind, u.level, u.name,
      (select min(c.code) from unit_division_codes c where c.unit_id = u.id),
      u.valid_from, u.valid_to, u.path
    from units u
    """

  private static func decode(_ row: any SQLRow) throws -> Stored {
    let code = try row.optionalText(5)
    return Stored(
      unit: Unit(
        id: try row.unitID(0), parent: try row.optionalUnitID(1),
        kind: try row.value(2, UnitKind.self), level: try row.value(3, UnitLevel.self),
        name: try row.text(4), divisionCode: try code.map { try row.present(DivisionCode($0), 5) },
        validFrom: try row.day(6), validTo: try row.optionalDay(7)),
      path: try row.text(8))
  }
}

import Domain

/// Planned visits to enterprises.
package enum VisitRows {
  package static let register = Register(
    "visits", stream: "visit",
    [
      .init("enterprise_id", .id), .init("unit_id", .id), .init("official_id", .id),
      .init("day", .int), .init("part"), .init("kind"), .init("purpose"), .init("asked", .int),
      .init("basis"), .init("status"), .init("proposed_day", .int), .init("proposed_part"),
      .init("moves", .int), .init("answer"), .init("joined_into", .id),
    ])

  package struct Stored: Sendable {
    package let id: VisitID
    package let visit: Visit
    let row: Register.Row
  }

  @discardableResult
  package static func add(
    _ visit: Visit, at now: Instant, by actor: Actor, in connection: any Connection
  ) throws -> Stored {
    let row = Register.Row(id: Identifiers.shared.next(now), values: values(of: visit))
    try register.add([row], at: now, by: actor, in: connection)
    return Stored(id: VisitID(row.id), visit: visit, row: row)
  }

  /// - Parameter verb: what was done, as the ledger has it: `moved`, `declined` …
  /// - Throws: `LedgerRows.Conflict` where somebody else changed it first.
  @discardableResult
  package static func change(
    _ stored: Stored, to visit: Visit, verb: String, at now: Instant, by actor: Actor,
    in connection: any Connection
  ) throws -> Stored {
    let values = values(of: visit)
    let version = try register.change(
      stored.row, to: values, verb: verb, at: now, by: actor, in: connection)
    return Stored(
      id: stored.id, visit: visit,
      row: Register.Row(id: stored.id.value, version: version, values: values))
  }

  package static func find(_ id: VisitID, in connection: any Connection) throws -> Stored? {
    try connection.row("\(select) where v.id = ?1", [id], decode)
  }

  /// Those that take place with one, in the order in which they were planned; rides visits_joined.
  package static func guests(
    of host: VisitID, in connection: any Connection
  ) throws -> [Stored] {
    try connection.rows("\(select) where v.joined_into = ?1 order by v.id", [host], decode)
  }

  /// How many count in an enterprise's month; rides visits_enterprise.
  /// - Parameter id: is left out.
  package static func load(
    of enterprise: EnterpriseID, in month: VisitMonth, except id: VisitID?,
    in connection: any Connection
  ) throws -> Int {
    let count = try connection.row(
      """
      select count(*)
      from visits
      where enterprise_id = ?1 and day >= ?2 and day <= ?3 and asked = 0 and id <> ?4
        and (status in ('planned', 'moved') or (status = 'held' and joined_into is null))
      """, [enterprise, month.first, month.last, id?.value ?? 0]
    ) { try $0.int(0) }
    return Int(count ?? 0)
  }

  /// Whether a unit has an open visit there at that time; rides visits_enterprise.
  package static func isPlanned(
    _ visit: Visit, in connection: any Connection
  ) throws -> Bool {
    try connection.row(
      """
      select 1
      from visits
      where enterprise_id = ?1 and day = ?2 and coalesce(unit_id, 0) = ?3
        and coalesce(part, '') = ?4 and status in ('asked', 'planned', 'moved')
      """,
      [
        visit.enterprise, visit.date.day, visit.visitor?.unit.value ?? 0,
        visit.date.part?.rawValue ?? "",
      ]
    ) { _ in true } ?? false
  }

  /// Gives an enterprise's visits to the entry that stands for it.
  package static func move(
    from gone: EnterpriseID, to kept: EnterpriseID, at now: Instant, by actor: Actor,
    in connection: any Connection
  ) throws {
    try register.handOver(from: gone, to: kept, at: now, by: actor, in: connection)
  }

  static let select = "select \(register.selection("v")) from visits v"

  static func decode(_ sql: any SQLRow) throws -> Stored {
    let row = try register.row(sql)
    let visitor = try sql.optionalUnitID(3).map {
      Visit.Visitor(unit: $0, official: try sql.optionalInt(4).map { OfficialID($0) })
    }
    let proposed = try sql.optionalDay(12).map {
      VisitDate($0, try sql.optionalValue(13, VisitDate.Part.self))
    }
    return Stored(
      id: VisitID(row.id),
      visit: Visit(
        enterprise: EnterpriseID(try sql.int(2)), visitor: visitor,
        date: VisitDate(try sql.day(5), try sql.optionalValue(6, VisitDate.Part.self)),
        kind: try sql.value(7, Visit.Kind.self), purpose: try sql.text(8),
        isAsked: try sql.int(9) == 1, basis: try sql.optionalText(10),
        status: try sql.value(11, Visit.Status.self), proposed: proposed,
        moves: Int(try sql.int(14)), answer: try sql.optionalText(15),
        joinedInto: try sql.optionalInt(16).map { VisitID($0) }), row: row)
  }

  private static func values(of visit: Visit) -> [any SQLConvertible] {
    [
      visit.enterprise, visit.visitor?.unit, visit.visitor?.official, visit.date.day,
      visit.date.part, visit.kind, visit.purpose, visit.isAsked, visit.basis, visit.status,
      visit.proposed?.day, visit.proposed?.part, visit.moves, visit.answer, visit.joinedInto,
    ]
  }
}

extension VisitID: SQLConvertible { package var sql: SQLValue { .int(value) } }
extension Visit.Kind: SQLConvertible {}
extension Visit.Status: SQLConvertible {}
extension VisitDate.Part: SQLConvertible {}

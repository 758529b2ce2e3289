import Domain

/// Pairs that every plan keeps, and pairs that none makes.
package enum PairingMarkRows {
  package static let register = Register(
    "pairing_marks", stream: "pairing_mark",
    [
      .init("kind"), .init("role"), .init("official_id", .id), .init("enterprise_id", .id),
      .init("unit_id", .id), .init("reason"), .init("note"), .init("status"),
    ])

  package struct Stored: Sendable {
    package let id: Int64
    package let mark: PairingMark
    let row: Register.Row
  }

  /// - Returns: its id.
  /// - Throws: `StorageError.notUnique` where the pair is marked already.
  package static func add(
    _ mark: PairingMark, at now: Instant, by actor: Actor, in connection: any Connection
  ) throws -> Int64 {
    let row = Register.Row(
      id: Identifiers.shared.next(now), values: values(of: mark, isOpen: true))
    try register.add([row], at: now, by: actor, in: connection)
    return row.id
  }

  package static func lift(
    _ stored: Stored, at now: Instant, by actor: Actor, in connection: any Connection
  ) throws {
    try register.change(
      stored.row, to: values(of: stored.mark, isOpen: false), verb: "lifted", at: now, by: actor,
      in: connection)
  }

  /// Marks of an entry that another one stands for from now on hold for that one.
  package static func move(
    from gone: PairingTarget, to kept: PairingTarget, at now: Instant, by actor: Actor,
    in connection: any Connection
  ) throws {
    let there = Set(try open(of: kept, in: connection).map(\.mark.official))
    for stored in try open(of: gone, in: connection) {
      if there.contains(stored.mark.official) {
        try lift(stored, at: now, by: actor, in: connection)
      } else {
        var moved = stored.mark
        moved.target = kept
        try register.change(
          stored.row, to: values(of: moved, isOpen: true), verb: "handed_over", at: now,
          by: actor, in: connection)
      }
    }
  }

  /// Those of a target in force; rides pairing_marks_open.
  private static func open(
    of target: PairingTarget, in connection: any Connection
  ) throws -> [Stored] {
    let column = target.enterprise == nil ? "unit_id" : "enterprise_id"
    return try connection.rows(
      "\(select) where m.status = 'open' and m.\(column) = ?1 and m.role = ?2 order by m.id",
      [target.id, target.kind.role], decode)
  }

  /// Those in force, the latest first; rides pairing_marks_open.
  package static func open(limit: Int, in connection: any Connection) throws -> [Stored] {
    try connection.rows(
      "\(select) where m.status = 'open' order by m.id desc limit ?1", [limit], decode)
  }

  /// One in force.
  package static func find(_ id: Int64, in connection: any Connection) throws -> Stored? {
    try connection.row("\(select) where m.id = ?1 and m.status = 'open'", [id], decode)
  }

  private static let select = "select \(register.selection("m")) from pairing_marks m"

  private static func decode(_ sql: any SQLRow) throws -> Stored {
    let row = try register.row(sql)
    let role = try sql.value(3, PairingRole.self)
    let mark = PairingMark(
      kind: try sql.value(2, PairingMark.Kind.self), official: OfficialID(try sql.int(4)),
      target: try PairingRows.target(sql.optionalInt(5), sql.optionalInt(6), role, sql),
      reason: try sql.value(7, PairingMark.Reason.self), note: try sql.optionalText(8))
    return Stored(id: row.id, mark: mark, row: row)
  }

  private static func values(
    of mark: PairingMark, isOpen: Bool
  ) -> [any SQLConvertible] {
    [
      mark.kind, mark.target.kind.role, mark.official, mark.target.enterprise, mark.target.unit,
      mark.reason, mark.note, isOpen ? "open" : "lifted",
    ]
  }
}

extension PairingMark.Kind: SQLConvertible {}
extension PairingMark.Reason: SQLConvertible {}

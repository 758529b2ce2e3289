import Domain

/// Who is in charge of what: a register, so that every pairing's beginning and end is in the ledger.
package enum PairingRows {
  package static let register = Register(
    "pairings", stream: "pairing",
    [
      .init("track"), .init("role"), .init("official_id", .id), .init("enterprise_id", .id),
      .init("unit_id", .id), .init("begins", .int), .init("ends", .int), .init("cause"),
      .init("plan_id", .id), .init("reasons"),
    ])

  package struct Stored: Sendable {
    package let id: Int64
    package let pairing: Pairing
    let row: Register.Row
  }

  package static func add(
    _ new: [Pairing], at now: Instant, by actor: Actor, in connection: any Connection
  ) throws {
    let rows = new.map { Register.Row(id: Identifiers.shared.next(now), values: values(of: $0)) }
    try register.add(rows, at: now, by: actor, in: connection)
  }

  /// - Throws: `LedgerRows.Conflict` where somebody else ended it first.
  package static func end(
    _ stored: Stored, on day: Day, at now: Instant, by actor: Actor,
    in connection: any Connection
  ) throws {
    var ended = stored.pairing
    // One that was to begin later never came to hold.
    ended.ends = max(day, ended.begins)
    try register.change(
      stored.row, to: values(of: ended), verb: "ended", at: now, by: actor, in: connection)
  }

  /// Those of a track that have no end yet, also if they begin later; rides pairings_open.
  package static func open(_ track: Track, in connection: any Connection) throws -> [Stored] {
    try connection.rows(
      "\(select) where p.track = ?1 and p.ends is null order by p.id", [track.rawValue], decode)
  }

  /// The same, only who and what.
  package static func current(
    _ track: Track, in connection: any Connection
  ) throws -> [PairingFacts.Current] {
    var pairs: [PairingFacts.Current] = []
    try connection.stream(
      """
      select role, official_id, enterprise_id, unit_id
      from pairings
      where track = ?1 and ends is null
      order by id
      """, [track.rawValue]
    ) { row in
      pairs.append(
        .init(
          official: OfficialID(try row.int(1)),
          target: try target(
            row.optionalInt(2), row.optionalInt(3), row.value(0, PairingRole.self), row)))
    }
    return pairs
  }

  /// Who has something in another track than this one.
  package static func engaged(
    beside track: Track, in connection: any Connection
  ) throws -> Set<OfficialID> {
    Set(
      try connection.rows(
        "select distinct official_id from pairings where track <> ?1 and ends is null",
        [track.rawValue]
      ) { OfficialID(try $0.int(0)) })
  }

  /// Pairings of an entry that another one stands for from now on go over to that one; where it has the same
  /// official already, the one that goes ends.
  package static func move(
    from gone: PairingTarget, to kept: PairingTarget, on day: Day, at now: Instant,
    by actor: Actor, in connection: any Connection
  ) throws {
    let open = try of(gone, limit: 1000, in: connection).filter { $0.pairing.ends == nil }
    let there = Set(
      try of(kept, limit: 1000, in: connection).filter { $0.pairing.ends == nil }
        .map(\.pairing.official))
    for stored in open where stored.pairing.target == gone {
      if there.contains(stored.pairing.official) {
        try end(stored, on: day, at: now, by: actor, in: connection)
      } else {
        var moved = stored.pairing
        moved.target = kept
        try register.change(
          stored.row, to: values(of: moved), verb: "handed_over", at: now, by: actor,
          in: connection)
      }
    }
  }

  /// All that a target ever had, the latest first; rides pairings_enterprise or pairings_unit.
  package static func of(
    _ target: PairingTarget, limit: Int, in connection: any Connection
  ) throws -> [Stored] {
    let column = target.enterprise == nil ? "unit_id" : "enterprise_id"
    return try connection.rows(
      """
      \(select)
      where p.\(column) = ?1
      order by p.begins desc, p.id desc
      limit ?2
      """, [target.id, limit], decode)
  }

  /// All that an official ever had, the latest first; rides pairings_official.
  package static func of(
    _ official: OfficialID, limit: Int, in connection: any Connection
  ) throws -> [Stored] {
    try connection.rows(
      """
      \(select)
      where p.official_id = ?1
      order by p.begins desc, p.id desc
      limit ?2
      """, [official, limit], decode)
  }

  /// Who is in charge on a day of an enterprise, or of a village or township, and still serves; whoever is
  /// linked to it comes after whoever is in charge.
  package static func officials(
    enterprise: EnterpriseID? = nil, unit: UnitID? = nil, on day: Day,
    in connection: any Connection
  ) throws -> [OfficialID] {
    guard let id = enterprise?.value ?? unit?.value else { return [] }
    let column = enterprise == nil ? "unit_id" : "enterprise_id"
    return try connection.rows(
      """
      select p.official_id
      from pairings p
      join officials o on o.id = p.official_id and o.status = 'serving'
      where p.\(column) = ?1 and p.begins <= ?2 and (p.ends is null or p.ends > ?2)
      order by p.role, p.begins, p.id
      """, [id, day]
    ) { OfficialID(try $0.int(0)) }
  }

  static let select = "select \(register.selection("p")) from pairings p"

  static func decode(_ sql: any SQLRow) throws -> Stored {
    let row = try register.row(sql)
    let role = try sql.value(3, PairingRole.self)
    let pairing = Pairing(
      official: OfficialID(try sql.int(4)),
      target: try target(sql.optionalInt(5), sql.optionalInt(6), role, sql),
      begins: try sql.day(7), ends: try sql.optionalDay(8),
      cause: try sql.value(9, PairingCause.self),
      plan: try sql.optionalInt(10).map { PairingPlanID($0) },
      reasons: PairingReason.list(try sql.optionalText(11)))
    return Stored(id: row.id, pairing: pairing, row: row)
  }

  static func target(
    _ enterprise: Int64?, _ unit: Int64?, _ role: PairingRole, _ row: any SQLRow
  ) throws -> PairingTarget {
    if let enterprise { return .enterprise(EnterpriseID(enterprise)) }
    let unit = UnitID(try row.present(unit, 6))
    return role == .link ? .township(unit) : .village(unit)
  }

  private static func values(of pairing: Pairing) -> [any SQLConvertible] {
    let target = pairing.target
    return [
      target.kind.track.rawValue, target.kind.role, pairing.official, target.enterprise,
      target.unit, pairing.begins, pairing.ends, pairing.cause, pairing.plan,
      PairingReason.text(pairing.reasons),
    ]
  }
}

extension PairingReason {
  /// `kept,own_county`
  static func text(_ reasons: [PairingReason]) -> String {
    reasons.map(\.text).joined(separator: ",")
  }

  static func list(_ text: String?) -> [PairingReason] {
    (text ?? "").split(separator: ",").compactMap { PairingReason($0) }
  }
}

extension PairingRole: SQLConvertible {}
extension PairingCause: SQLConvertible {}
extension PairingPlanID: SQLConvertible { package var sql: SQLValue { .int(value) } }

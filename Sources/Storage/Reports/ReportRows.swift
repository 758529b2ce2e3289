import Cryptography
import Domain
import Ledger

/// Reports that were issued: frozen, each with its digest, in the register and in the ledger.
package enum ReportRows {
  package static let register = Register(
    "reports", stream: "report",
    [
      .init("kind"), .init("unit_id", .id), .init("official_id", .id), .init("period"),
      .init("as_of", .int), .init("known_on", .int), .init("issued_at", .int),
      .init("issued_by"), .init("content"), .init("digest"),
    ])

  /// An issued report without its content.
  package struct Head: Hashable, Sendable {
    package let id: ReportID
    package let address: ReportAddress
    package let issuedAt: Instant
    package let issuedBy: Actor
    package let digest: String
  }

  package struct Stored: Sendable {
    package let head: Head
    package let asOf: Instant
    package let knownOn: Instant
    /// As it stands in the row.
    package let text: String
    /// The row's digest is the text's.
    package let isWhole: Bool

    /// - Throws: `StorageError.unreadable`
    package func content() throws -> ReportContent {
      try Payload.decode(ReportContent.self, text)
    }
  }

  /// Freezes a report.
  /// - Throws: `StorageError.notUnique` where it was issued before.
  package static func add(
    _ content: ReportContent, at now: Instant, by actor: Actor, in connection: any Connection
  ) throws -> ReportID {
    let text = try Payload.encode(content)
    let address = content.address
    let row = Register.Row(
      id: Identifiers.shared.next(now),
      values: [
        address.kind, address.subject.unit, address.subject.official, address.period.description,
        content.asOf, content.knownOn, now, actor, text, digest(text),
      ])
    try register.add([row], at: now, by: actor, in: connection)
    return ReportID(row.id)
  }

  private static func digest(_ text: String) -> String {
    Digest.sha256(Array(text.utf8)).hex
  }

  /// Rides reports_unit or reports_official.
  package static func find(
    _ address: ReportAddress, in connection: any Connection
  ) throws -> Stored? {
    let (owner, id) = owner(address.subject)
    return try connection.row(
      """
      select \(register.selection("r"))
      from reports r
      where r.\(owner) = ?1 and r.kind = ?2 and r.period = ?3
      """, [id, address.kind, address.period.description]
    ) { row in
      let text = try row.text(10)
      return Stored(
        head: Head(
          id: ReportID(try row.int(0)), address: address, issuedAt: try row.instant(8),
          issuedBy: try row.actor(9), digest: try row.text(11)),
        asOf: try row.instant(6), knownOn: try row.instant(7), text: text,
        isWhole: try row.text(11) == digest(text))
    }
  }

  static func owner(_ subject: ReportSubject) -> (column: String, id: Int64) {
    switch subject {
    case .unit(let id): ("unit_id", id.value)
    case .official(let id): ("official_id", id.value)
    }
  }

  /// Those of a unit or an official, the newest first; rides reports_unit or reports_official.
  package static func list(
    of subject: ReportSubject, in connection: any Connection
  ) throws -> [Head] {
    let (owner, id) = owner(subject)
    return try connection.rows(
      """
      \(heads)
      where r.\(owner) = ?1
      order by r.id desc
      """, [id], decode)
  }

  /// The latest that officials of a subtree handed in; walks the key backwards.
  /// - Parameter path: of the units; nil for all.
  package static func ofOfficials(
    below path: String?, limit: Int, in connection: any Connection
  ) throws -> [Head] {
    let bounds: [any SQLConvertible] = path.map { [$0, UnitRows.subtreeEnd($0)] } ?? []
    return try connection.rows(
      """
      \(heads)
      join officials o on o.id = r.official_id
      join units u on u.id = o.unit_id
      where r.official_id is not null\(path == nil ? "" : " and u.path >= ?1 and u.path < ?2")
      order by r.id desc
      limit \(limit)
      """, bounds, decode)
  }

  private static let heads = """
    select r.id, r.kind, r.unit_id, r.official_id, r.period, r.issued_at, r.issued_by, r.digest
    from reports r
    """

  private static func decode(_ row: any SQLRow) throws -> Head {
    let subject: ReportSubject? =
      try row.optionalUnitID(2).map { .unit($0) }
      ?? row.optionalInt(3).map { .official(OfficialID($0)) }
    return Head(
      id: ReportID(try row.int(0)),
      address: ReportAddress(
        try row.value(1, ReportKind.self), of: try row.present(subject, 2),
        in: try row.present(ReportPeriod(row.text(4)), 4)),
      issuedAt: try row.instant(5), issuedBy: try row.actor(6), digest: try row.text(7))
  }

  private struct Frozen: Decodable {
    let content: String
    let digest: String
  }

  /// Whether the ledger tells of this very text.
  package static func isInLedger(
    _ stored: Stored, in connection: any Connection
  ) throws -> Bool {
    guard
      let entry = try LedgerRows.stream(
        "\(register.stream)/\(stored.head.id)", in: connection
      ).first
    else { return false }
    let frozen = try Payload.decode(Frozen.self, entry.payload)
    return frozen.content == stored.text && frozen.digest == stored.head.digest
  }
}

extension ReportKind: SQLConvertible {}

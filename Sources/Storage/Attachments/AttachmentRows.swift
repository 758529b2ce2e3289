import Domain

/// The register of attachments; each row follows from the ledger.
package enum AttachmentRows {
  /// All columns beside the id.
  static let columns = [
    "problem_id", "digest", "size", "type", "name", "round", "added_at", "added_by",
    "withdrawn_at", "withdrawn_by", "reason", "purged_at",
  ]

  /// What a row holds, in the order of `columns`.
  static func values(of attachment: Attachment) -> [any SQLConvertible] {
    [
      attachment.problem, attachment.digest, attachment.size, attachment.type, attachment.name,
      attachment.round, attachment.addedAt, attachment.addedBy, attachment.withdrawal?.at,
      attachment.withdrawal?.by, attachment.withdrawal?.reason, attachment.purgedAt,
    ]
  }

  package static func insert(_ attachment: Attachment, in connection: any Connection) throws {
    try connection.run(
      insertion(into: "attachments", ["id"] + columns), [attachment.id] + values(of: attachment))
  }

  package static func withdraw(
    _ id: AttachmentID, _ withdrawal: Attachment.Withdrawal, in connection: any Connection
  ) throws {
    try connection.run(
      "update attachments set withdrawn_at = ?2, withdrawn_by = ?3, reason = ?4 where id = ?1",
      [id, withdrawal.at, withdrawal.by, withdrawal.reason])
  }

  package static func purge(
    _ id: AttachmentID, at now: Instant, in connection: any Connection
  ) throws {
    try connection.run("update attachments set purged_at = ?2 where id = ?1", [id, now])
  }

  private static let selection = "id, " + columns.joined(separator: ", ")

  package static func find(
    _ id: AttachmentID, in connection: any Connection
  ) throws -> Attachment? {
    try connection.row("select \(selection) from attachments where id = ?1", [id], decode)
  }

  /// The oldest first; rides attachments_problem.
  package static func list(
    of problem: ProblemID, in connection: any Connection
  ) throws -> [Attachment] {
    try connection.rows(
      """
      select \(selection)
      from attachments
      where problem_id = ?1
      order by id
      """, [problem], decode)
  }

  /// All that have this content; rides attachments_digest.
  package static func list(
    withDigest digest: [UInt8], in connection: any Connection
  ) throws -> [Attachment] {
    try connection.rows(
      """
      select \(selection)
      from attachments
      where digest = ?1
      order by id
      """, [digest], decode)
  }

  /// A content's digest, and whether it was destroyed; rides attachments_digest.
  package static func digests(
    in connection: any Connection
  ) throws -> [(digest: [UInt8], isPurged: Bool)] {
    try connection.rows(
      """
      select digest, max(case when purged_at is null then 0 else 1 end)
      from attachments
      group by digest
      order by digest
      """
    ) { (try $0.bytes(0), try $0.int(1) == 1) }
  }

  private static func decode(_ row: any SQLRow) throws -> Attachment {
    var attachment = Attachment(
      id: AttachmentID(try row.int(0)), problem: try row.problemID(1), digest: try row.bytes(2),
      size: Int(try row.int(3)), type: try row.value(4, AttachmentType.self),
      name: try row.text(5), round: try row.optionalInt(6).map { Int($0) },
      addedAt: try row.instant(7), addedBy: try row.actor(8))
    if let at = try row.optionalInstant(9) {
      attachment.withdrawal = .init(at: at, by: try row.actor(10), reason: try row.text(11))
    }
    attachment.purgedAt = try row.optionalInstant(12)
    return attachment
  }
}

extension AttachmentID: SQLConvertible { package var sql: SQLValue { .int(value) } }
extension AttachmentType: SQLConvertible {}

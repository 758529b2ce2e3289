import Domain

/// What people wrote in reports, with every earlier wording in the ledger.
package enum ReportRemarkRows {
  package static let register = Register(
    "report_remarks", stream: "report_remark",
    [
      .init("kind"), .init("unit_id", .id), .init("official_id", .id), .init("period"),
      .init("section"), .init("text"),
    ])

  package struct Stored: Sendable {
    package let section: String
    package let text: String?
    let row: Register.Row
  }

  /// By their sections; rides report_remarks_unit or report_remarks_official.
  package static func of(
    _ address: ReportAddress, in connection: any Connection
  ) throws -> [String: Stored] {
    let (owner, id) = ReportRows.owner(address.subject)
    let rows = try connection.rows(
      """
      select \(register.selection("r"))
      from report_remarks r
      where r.\(owner) = ?1 and r.kind = ?2 and r.period = ?3
      """, [id, address.kind, address.period.description]
    ) {
      Stored(section: try $0.text(6), text: try $0.optionalText(7), row: try register.row($0))
    }
    return Dictionary(uniqueKeysWithValues: rows.map { ($0.section, $0) })
  }

  /// - Parameter text: empty for none.
  /// - Throws: `LedgerRows.Conflict`, or `StorageError.notUnique`, where somebody else was quicker.
  package static func set(
    _ text: String, in section: String, of address: ReportAddress, at now: Instant,
    by actor: Actor, in connection: any Connection
  ) throws {
    let values: [any SQLConvertible] = [
      address.kind, address.subject.unit, address.subject.official, address.period.description,
      section, text.isEmpty ? String?.none : text,
    ]
    if let stored = try of(address, in: connection)[section] {
      try register.change(stored.row, to: values, at: now, by: actor, in: connection)
    } else if !text.isEmpty {
      try register.add(
        [Register.Row(id: Identifiers.shared.next(now), values: values)], at: now, by: actor,
        in: connection)
    }
  }

  /// All wordings there were, the newest first.
  package static func history(
    of address: ReportAddress, in connection: any Connection
  ) throws -> [String: [RegisterChange]] {
    try of(address, in: connection).mapValues { stored in
      try RegisterHistory.latest(
        of: ["\(register.stream)/\(stored.row.id)"], in: connection)
    }
  }
}

import Domain

/// What was published and stays as it is.
package enum PublishedRows {
  package struct Sheet: Sendable {
    package let id: SheetID
    package let publishedAt: Instant
    package let digest: String
    package let content: SheetContent
  }

  /// The latest sheets, the newest first; a few for each month.
  package static func sheets(
    limit: Int, in connection: any Connection
  ) throws -> [Sheet] {
    try connection.rows(
      """
      select s.id, s.published_at, s.digest, s.content
      from sheets s
      where s.state = 'published'
      order by s.published_at desc, s.id desc
      limit \(limit)
      """
    ) { row in
      Sheet(
        id: try row.sheetID(0), publishedAt: try row.instant(1),
        digest: try row.optionalText(2) ?? "",
        content: try SheetJSON.decode(SheetContent.self, row.text(3)))
    }
  }

  package struct Report: Sendable {
    package let id: ReportID
    package let kind: ReportKind
    package let period: ReportPeriod
    package let unit: String
    package let unitID: UnitID
    package let issuedAt: Instant
    package let digest: String
  }

  /// The latest reports of units, the newest first; walks the key backwards. What officials hand in is theirs and
  /// their office's.
  package static func reports(
    limit: Int, in connection: any Connection
  ) throws -> [Report] {
    try connection.rows(
      """
      select r.id, r.kind, r.period, u.name, r.unit_id, r.issued_at, r.digest
      from reports r
      join units u on u.id = r.unit_id
      where r.unit_id is not null
      order by r.id desc
      limit \(limit)
      """
    ) { row in
      Report(
        id: ReportID(try row.int(0)), kind: try row.value(1, ReportKind.self),
        period: try row.present(ReportPeriod(row.text(2)), 2), unit: try row.text(3),
        unitID: try row.unitID(4), issuedAt: try row.instant(5), digest: try row.text(6))
    }
  }
}

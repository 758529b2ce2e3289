import Documents
import Domain
import Storage

/// A sheet of a report's workbook.
package struct ReportSheet: Sendable {
  package let name: String
  package let columns: [OutputColumn]
  package let rows: [[OutputCell]]

  package init(_ name: String, _ columns: [OutputColumn], _ rows: [[OutputCell]]) {
    (self.name, self.columns, self.rows) = (name, columns, rows)
  }
}

/// Writes a report to a workbook, and says so in the ledger.
package struct ExportReport: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Parameters:
  ///   - query: which report, for the ledger.
  ///   - sheets: the report in words.
  /// - Throws: `UseCaseError`, `ReportRefusal.future`, `TableWriteFault`, `StorageError`
  package func callAsFunction(
    _ address: ReportAddress, query: String, to path: String, by account: Account,
    sheets: @Sendable (ShowReport.Shown) -> [ReportSheet]
  ) async throws {
    let shown = try await ShowReport(platform)(address, for: account)
    let writer = try XLSXWriter(path: path)
    var count = 0
    for sheet in sheets(shown) {
      try writer.beginSheet(sheet.name, sheet.columns)
      for row in sheet.rows { try writer.write(row) }
      count += sheet.rows.count
    }
    // Before anybody has the file.
    let (now, rows) = (platform.now(), count)
    try await platform.database.write { connection in
      try DisclosureRows.append(
        list: "report", query: query, columns: [], count: rows, at: now, by: account.actor,
        in: connection)
    }
    try writer.finish()
  }
}

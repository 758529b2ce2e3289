import Documents
import Domain
import Storage

/// What every import of rows works with: one transaction, at one time, for one person.
struct ImportWork {
  let now: Instant
  let actor: Actor
  let connection: any Connection
}

/// An import that takes a table row by row.
protocol RowImport {
  associatedtype Column: ImportColumn
  typealias Sheet = ImportSheet<Column>

  init(_ work: ImportWork)

  /// Takes the rows in which no required cell is empty, in the order of the file.
  func take(_ rows: [Sheet.Row], of sheet: Sheet, into report: inout ImportReport) throws
}

extension RowImport {
  func run(_ table: CSVTable) throws -> ImportReport {
    let sheet = Sheet(table)
    var report = ImportReport()
    report.rows = table.records.count
    report.diagnostics = sheet.diagnostics
    // A sheet without a required column is refused whole: every row would be.
    guard !sheet.diagnostics.contains(where: { $0.code == .missingColumn }) else { return report }
    var complete: [Sheet.Row] = []
    for row in sheet.rows {
      if row.isTotal {
        report.skipped += 1
        report.diagnostics.append(Diagnostic(row: row.number, .totalSkipped, .note))
        continue
      }
      let missing = sheet.missing(in: row)
      if missing.isEmpty { complete.append(row) }
      report.diagnostics += missing
    }
    try take(complete, of: sheet, into: &report)
    report.diagnostics.sort { $0.row < $1.row }
    return report
  }
}

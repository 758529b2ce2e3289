import Documents
import Domain
import Storage

/// What every import of rows works with: one transaction, at one time, for one person.
struct ImportWork {
  let now: Instant
  /// From when on what is imported is so.
  let on: Day
  let actor: Actor
  /// The subtree that may be written to.
  let scope: String
  let platform: Platform
  let connection: any Connection
  /// Told how many of how many rows are done.
  var progress: @Sendable (Int, Int) -> Void = { _, _ in }

  var vault: Vault { platform.vault }
  var words: WordTables { platform.words }
  var industries: IndustryTable { platform.industries }
}

/// An import that takes a table row by row.
protocol RowImport {
  associatedtype Column: ImportColumn
  typealias Sheet = ImportSheet<Column>

  init(_ work: ImportWork) throws

  /// Takes the rows in which no required cell is empty, in the order of the file.
  mutating func take(_ rows: [Sheet.Row], of sheet: Sheet, into report: inout ImportReport) throws
}

extension RowImport {
  static func run(_ table: Table, _ work: ImportWork) throws -> ImportReport {
    let sheet = Sheet(table)
    var report = ImportReport()
    report.sheet = table.sheet
    report.headerRow = sheet.header.lastRow
    report.mapping = sheet.header.mapping
    report.rows = sheet.count
    report.skipped = sheet.skipped
    report.diagnostics = sheet.diagnostics
    // A sheet without a required column is refused whole: every row would be.
    guard !sheet.diagnostics.contains(where: { $0.code == .missingColumn }) else { return report }
    var complete: [Sheet.Row] = []
    complete.reserveCapacity(sheet.rows.count)
    for row in sheet.rows {
      let missing = sheet.missing(in: row)
      if missing.isEmpty { complete.append(row) }
      report.diagnostics += missing
    }
    var rows = try Self(work)
    try rows.take(complete, of: sheet, into: &report)
    report.diagnostics.sort { ($0.row, $0.place ?? -1) < ($1.row, $1.place ?? -1) }
    return report
  }
}

/// How an import treats rows it must refuse and whether it saves at all.
package struct ImportMode: Sendable {
  package var dryRun: Bool
  package var acceptGoodRows: Bool
  /// The sheet of a workbook; the first one that has anything where none is named.
  package var sheet: String?
  /// From when on; today where nothing else is said.
  package var on: Day?

  package init(
    dryRun: Bool = false, acceptGoodRows: Bool = false, sheet: String? = nil, on: Day? = nil
  ) {
    self.dryRun = dryRun
    self.acceptGoodRows = acceptGoodRows
    self.sheet = sheet
    self.on = on
  }

  /// All or nothing unless the good rows were asked for.
  func saves(_ report: ImportReport) -> Bool {
    !dryRun && (acceptGoodRows || !report.hasErrors)
  }
}

/// Ends a transaction without saving, carrying what it found out.
struct ImportNotSaved: Error {
  let report: ImportReport
}

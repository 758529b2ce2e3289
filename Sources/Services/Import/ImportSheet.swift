import Documents
import Domain

/// A table whose headings are matched with the columns an import knows.
struct ImportSheet<Column: ImportColumn>: Sendable {
  struct Row: Sendable {
    let number: Int
    fileprivate let cells: [String]
    fileprivate let places: [Column: Int]

    /// A line that adds up the others: its first word says so.
    var isTotal: Bool {
      let first = cells.first { !$0.trimmed.isEmpty }
      return first.map { ["合计", "小计", "总计"].contains($0.trimmed) } ?? false
    }

    /// The cell without white space at its ends; empty where the row is short.
    subscript(column: Column) -> String {
      guard let place = places[column], place < cells.count else { return "" }
      return cells[place].trimmed
    }
  }

  let rows: [Row]
  let diagnostics: [Diagnostic]
  private let headings: [Column: String]

  init(_ table: CSVTable) {
    var places: [Column: Int] = [:]
    var headings: [Column: String] = [:]
    var diagnostics: [Diagnostic] = []
    for (place, heading) in table.header.enumerated() {
      let key = heading.lowercased().replacing(" ", with: "_")
      if let column = Column.allCases.first(where: { $0.headings.contains(key) }),
        places[column] == nil
      {
        places[column] = place
        headings[column] = heading
      } else if !heading.isEmpty, !Column.ignored.contains(key) {
        diagnostics.append(
          Diagnostic(row: 1, column: heading, .unknownColumn, .warning, value: heading))
      }
    }
    for column in Column.allCases where column.isRequired && places[column] == nil {
      diagnostics.append(Diagnostic(row: 1, .missingColumn, value: column.headings[0]))
    }
    // A cell too many means that a comma is not where it seems: which cell is which is a guess.
    let isTooLong = { (record: CSVTable.Record) in
      record.cells.dropFirst(table.header.count).contains { !$0.isEmpty }
    }
    diagnostics += table.records.filter(isTooLong).map { Diagnostic(row: $0.number, .extraCells) }
    rows = table.records.filter { !isTooLong($0) }.map {
      Row(number: $0.number, cells: $0.cells, places: places)
    }
    self.headings = headings
    self.diagnostics = diagnostics
  }

  func heading(_ column: Column) -> String { headings[column] ?? column.headings[0] }

  /// A diagnostic about one cell.
  func fault(
    _ row: Row, _ column: Column, _ code: Diagnostic.Code,
    _ severity: Diagnostic.Severity = .error
  ) -> Diagnostic {
    Diagnostic(
      row: row.number, column: heading(column), code, severity, value: row[column])
  }

  /// What is against a unit's name: a slash would make it unreachable by its path.
  func badName(_ row: Row, _ column: Column) -> Diagnostic? {
    let name = row[column]
    let isGood =
      name.unicodeScalars.count <= Problem.maximumTitle && !name.contains("/")
      && name == name.singleLine
    return isGood ? nil : fault(row, column, .badName)
  }

  /// Diagnostics for required cells that are empty.
  func missing(in row: Row) -> [Diagnostic] {
    Column.allCases.filter { $0.isRequired && row[$0].isEmpty }.map {
      fault(row, $0, .missingValue)
    }
  }
}

protocol ImportColumn: CaseIterable, Hashable, Sendable {
  /// Accepted headings, lower case, the first being our own name for it.
  var headings: [String] { get }
  var isRequired: Bool { get }
  /// Headings that are known and carry nothing the import needs.
  static var ignored: Set<String> { get }
}

extension ImportColumn {
  static var ignored: Set<String> { [] }
}

/// How an import treats rows it must refuse and whether it saves at all.
package struct ImportMode: Sendable {
  package var dryRun = false
  package var acceptGoodRows = false

  package init(dryRun: Bool = false, acceptGoodRows: Bool = false) {
    self.dryRun = dryRun
    self.acceptGoodRows = acceptGoodRows
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

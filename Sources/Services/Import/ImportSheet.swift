import Documents
import Domain

/// A table whose headings are matched with the columns an import knows.
struct ImportSheet<Column: ImportColumn>: Sendable {
  struct Row: Sendable {
    let number: Int
    fileprivate let cells: [Cell]
    fileprivate let places: [Column: Int]

    /// The cell as text without white space at its ends; empty where the row is short.
    subscript(column: Column) -> String {
      guard let place = places[column], place < cells.count else { return "" }
      switch cells[place] {
      case .empty, .error: return ""
      case .text(let text): return text.trimmed
      case .number(let text): return text
      case .day(let day): return day.description
      }
    }

    /// A line that adds up the others: its first word says so.
    fileprivate var isTotal: Bool {
      for cell in cells where cell != .empty {
        guard case .text(let text) = cell, text.utf8.count < 40 else { return false }
        let word = text.compact.lowercased().filter { !":：".contains($0) }
        return ["合计", "小计", "总计", "共计", "total", "subtotal"].contains(word)
      }
      return false
    }

    /// A line below a list that says who filled it in, or explains: 注：… stands alone in its row.
    fileprivate var isRemark: Bool {
      var filled: [Cell] = []
      for cell in cells where cell != .empty && cell != .text("") {
        filled.append(cell)
        if filled.count > 2 { return false }
      }
      guard case .text(let text) = filled.first else { return false }
      return ["注:", "注：", "备注", "说明", "填表人", "填报人", "制表", "审核人", "联系人:", "联系人："].contains {
        text.compact.hasPrefix($0)
      }
    }
  }

  /// The rows that can be taken: no total, no repeated heading, no cell too many.
  private(set) var rows: [Row] = []
  private(set) var diagnostics: [Diagnostic] = []
  private(set) var skipped = 0
  /// Rows below the headings, the skipped ones among them.
  let count: Int
  let header: ImportHeader<Column>

  init(_ table: Table) {
    var table = table
    let header = ImportHeader<Column>(table)
    self.header = header
    diagnostics = header.diagnostics
    table.rows.removeAll { $0.number <= header.lastRow }
    count = table.rows.count
    diagnostics += table.fillDown()
    tellFormulas(table)
    for row in table.rows { take(row) }
  }

  private mutating func take(_ row: Table.Row) {
    let taken = Row(number: row.number, cells: row.cells, places: header.places)
    if taken.isTotal {
      skipped += 1
      diagnostics.append(Diagnostic(row: row.number, .totalSkipped, .note))
      return
    }
    if taken.isRemark {
      skipped += 1
      diagnostics.append(Diagnostic(row: row.number, .remarkSkipped, .note))
      return
    }
    // Printed lists repeat their headings on each page.
    let isHeading =
      !header.headings.isEmpty
      && header.headings.allSatisfy { column, heading in
        let text = taken[column]
        return text == heading
      }
    if isHeading {
      skipped += 1
      diagnostics.append(Diagnostic(row: row.number, .headingSkipped, .note))
      return
    }
    // A cell too many means that a comma is not where it seems: which cell is which is a guess.
    if row.cells.dropFirst(header.width).contains(where: { $0 != .empty && $0 != .text("") }) {
      diagnostics.append(Diagnostic(row: row.number, .extraCells))
      return
    }
    let errors = header.places.compactMap { column, place -> Diagnostic? in
      guard place < row.cells.count, case .error(let text) = row.cells[place] else { return nil }
      return Diagnostic(
        row: row.number, column: heading(column), place: place, .errorValue, value: text)
    }
    diagnostics += errors
    if errors.isEmpty { rows.append(taken) }
  }

  /// Once a column: a sheet full of formulas is no news a thousand times.
  private mutating func tellFormulas(_ table: Table) {
    for (column, place) in header.places {
      let rows = table.formulas.filter { $0.column == place && $0.row > header.lastRow }.map(\.row)
      guard let first = rows.min() else { continue }
      diagnostics.append(
        Diagnostic(
          row: first, column: heading(column), place: place, .formulaTaken, .note,
          value: "\(rows.count)"))
    }
  }

  func has(_ column: Column) -> Bool { header.places[column] != nil }

  func heading(_ column: Column) -> String { header.headings[column] ?? column.headings[0] }

  /// A diagnostic about one cell.
  func fault(
    _ row: Row, _ column: Column, _ code: Diagnostic.Code,
    _ severity: Diagnostic.Severity = .error, value: String? = nil
  ) -> Diagnostic {
    Diagnostic(
      row: row.number, column: heading(column), place: header.places[column], code, severity,
      value: value ?? row[column])
  }

  /// Diagnostics for required cells that are empty.
  func missing(in row: Row) -> [Diagnostic] {
    Column.allCases.filter { $0.isRequired && row[$0].isEmpty }.map {
      fault(row, $0, .missingValue)
    }
  }
}

extension Table {
  /// Gives each cell of a range merged over several rows the value of the first.
  fileprivate mutating func fillDown() -> [Diagnostic] {
    let tall = merges.filter { $0.rows.count > 1 }
    if tall.isEmpty { return [] }
    var byRow: [Int: Int] = [:]
    for (index, row) in rows.enumerated() { byRow[row.number] = index }
    var told: [Diagnostic] = []
    for merge in tall {
      guard let top = byRow[merge.rows.lowerBound] else { continue }
      for column in merge.columns where column < rows[top].cells.count {
        let value = rows[top].cells[column]
        if value == .empty { continue }
        for number in merge.rows.dropFirst() {
          guard let index = byRow[number] else { continue }
          while rows[index].cells.count <= column { rows[index].cells.append(.empty) }
          rows[index].cells[column] = value
        }
      }
      told.append(
        Diagnostic(
          row: merge.rows.lowerBound, place: merge.columns.lowerBound, .filledDown, .note,
          value: "\(merge.rows.lowerBound)–\(merge.rows.upperBound)"))
    }
    return told
  }
}

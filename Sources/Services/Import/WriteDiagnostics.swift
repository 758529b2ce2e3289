import Documents
import Domain

/// Writes an import's diagnostics as a workbook: the file as it was with the faulty cells marked, and a
/// list of what is wrong and what to do.
package struct WriteDiagnostics: Sendable {
  let language: SheetLanguage
  /// What a diagnostic says, and what is to be done.
  let text: @Sendable (Diagnostic) -> (text: String, advice: String)
  let severity: @Sendable (Diagnostic.Severity) -> String

  package init(
    language: SheetLanguage,
    text: @escaping @Sendable (Diagnostic) -> (text: String, advice: String),
    severity: @escaping @Sendable (Diagnostic.Severity) -> String
  ) {
    self.language = language
    self.text = text
    self.severity = severity
  }

  /// - Parameter table: nil where the file could not be read.
  /// - Throws: `TableWriteFault`
  package func callAsFunction(
    _ report: ImportReport, of table: Table?, to path: String
  ) throws {
    let workbook = try XLSXWriter(path: path)
    if let table { try write(table, report.diagnostics, to: workbook) }
    let isChinese = language == .zh
    try workbook.beginSheet(
      isChinese ? "问题清单" : "Diagnostics",
      [
        OutputColumn(isChinese ? "行" : "Row", width: 8, form: .number),
        OutputColumn(isChinese ? "列" : "Column", width: 20),
        OutputColumn(isChinese ? "程度" : "Severity", width: 10),
        OutputColumn(isChinese ? "问题" : "Problem", width: 60),
        OutputColumn(isChinese ? "怎么办" : "What to do", width: 60),
        OutputColumn(isChinese ? "代码" : "Code", width: 20),
      ])
    for diagnostic in report.diagnostics {
      let (text, advice) = text(diagnostic)
      try workbook.write([
        .integer(Int64(diagnostic.row)), .text(diagnostic.column ?? ""),
        .text(severity(diagnostic.severity)), .text(text), .text(advice),
        .text(diagnostic.code.rawValue),
      ])
    }
    try workbook.finish()
  }

  /// The rows stand where they stood, so that row numbers are the same.
  private func write(
    _ table: Table, _ diagnostics: [Diagnostic], to workbook: XLSXWriter
  ) throws {
    var marks: [Int: [Diagnostic]] = [:]
    for diagnostic in diagnostics where diagnostic.severity != .note {
      marks[diagnostic.row, default: []].append(diagnostic)
    }
    let width = table.rows.map(\.cells.count).max() ?? 1
    let first = table.rows.first
    // The first row of the sheet becomes its heading.
    let headings = (0..<width).map { place -> String in
      guard let first, first.number == 1, place < first.cells.count else { return "" }
      return first.cells[place].shown
    }
    try workbook.beginSheet(
      language == .zh ? "原表" : "Original", headings.map { OutputColumn($0, width: 20) })
    var next = 2
    for row in table.rows where row.number > 1 {
      while next < row.number {
        try workbook.write([])
        next += 1
      }
      var cells = row.cells.map(\.output)
      while cells.count < width { cells.append(.empty) }
      for diagnostic in marks[row.number] ?? [] {
        let place = min(diagnostic.place ?? 0, width - 1)
        let (text, advice) = text(diagnostic)
        cells[place] = cells[place].marked(
          diagnostic.severity == .error ? .error : .warning, "\(text)\n\(advice)")
      }
      try workbook.write(cells)
      next += 1
    }
  }
}

extension Cell {
  fileprivate var shown: String {
    switch self {
    case .empty: ""
    case .text(let text), .number(let text), .error(let text): text
    case .day(let day): day.description
    }
  }

  fileprivate var output: OutputCell {
    switch self {
    case .empty: .empty
    case .day(let day): .day(day)
    // Numbers as text: long ones would lose digits once more.
    case .text, .number, .error: .text(shown)
    }
  }
}

import Documents
import Domain

/// A workbook as a reader finds it.
package struct ReadSheet: Sendable {
  package let name: String
  /// Headings first; numbers as they are written in the file.
  package let rows: [[String]]

  package static func all(in path: String) throws -> [ReadSheet] {
    try TableFile.sheets(path: path).map { name in
      let table = try TableFile.read(path: path, sheet: name)
      return ReadSheet(name: name, rows: table.rows.map { $0.cells.map(text) })
    }
  }

  private static func text(_ cell: Cell) -> String {
    switch cell {
    case .empty: ""
    case .text(let text), .number(let text), .error(let text): text
    case .day(let day): day.description
    }
  }
}

import CQrencode

/// A text as a square of dark and light cells (ISO/IEC 18004) that a telephone's camera reads.
package struct QRCode: Hashable, Sendable {
  /// Cells of one side, without the quiet zone around them.
  package let size: Int
  private let cells: [Bool]

  /// - Returns: nil for a text that is empty or longer than a code can hold.
  package init?(_ text: String) {
    guard !text.isEmpty, !text.utf8.contains(0),
      let code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M)
    else { return nil }
    defer { QRcode_free(code) }
    let size = Int(code.pointee.width)
    self.size = size
    // Of each byte the lowest bit is the colour; the others tell what the cell is for.
    cells = (0..<size * size).map { code.pointee.data[$0] & 1 == 1 }
  }

  package func isDark(_ column: Int, _ row: Int) -> Bool { cells[row * size + column] }

  /// The light cells that must be left free on each side (section 5.3.8).
  package static let quietZone = 4

  /// The side of the drawing, quiet zones included, in cells.
  package var drawingSize: Int { size + 2 * Self.quietZone }

  /// The dark cells as the path of an SVG drawing, a cell being one unit: runs of a row in one stroke.
  package var path: String {
    var path = ""
    for row in 0..<size {
      var column = 0
      while column < size {
        guard isDark(column, row) else {
          column += 1
          continue
        }
        let start = column
        while column < size, isDark(column, row) { column += 1 }
        path +=
          "M\(start + Self.quietZone) \(row + Self.quietZone)h\(column - start)v1h-\(column - start)z"
      }
    }
    return path
  }
}

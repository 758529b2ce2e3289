/// Places as sheets write them, from the bytes: `B3`, `A1:C2`.
enum CellAddress {
  static let lastRow = 1_048_576
  static let columns = 16_384

  /// - Returns: nil unless it is one to three letters and a row, both within a sheet's bounds.
  static func parse(_ text: some Collection<UInt8>) -> Place? {
    var column = 0
    var row = 0
    var digits = false
    for byte in text {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z") where !digits:
        column = column * 26 + Int(byte - UInt8(ascii: "A")) + 1
        guard column <= columns else { return nil }
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        digits = true
        row = row * 10 + Int(byte - UInt8(ascii: "0"))
        guard row <= lastRow else { return nil }
      default: return nil
      }
    }
    guard column > 0, row > 0 else { return nil }
    return Place(row: row, column: column - 1)
  }

  /// - Returns: nil for what is no range, or one that runs backwards.
  static func range(_ text: some Collection<UInt8>) -> Merge? {
    let ends = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard ends.count == 1 || ends.count == 2, let first = parse(ends[0]),
      let last = parse(ends[ends.count - 1]), first.row <= last.row, first.column <= last.column
    else { return nil }
    return Merge(rows: first.row...last.row, columns: first.column...last.column)
  }

  /// `A` for 0, `AA` for 26.
  static func letters(_ column: Int) -> String {
    var rest = column + 1
    var text = ""
    while rest > 0 {
      text = String(UnicodeScalar(UInt8(ascii: "A") + UInt8((rest - 1) % 26))) + text
      rest = (rest - 1) / 26
    }
    return text
  }
}

/// What keeps a spreadsheet from taking a csv cell's text for a formula or a number.
enum CSVGuard {
  private static let apostrophe = UInt8(ascii: "'")
  private static let quote = UInt8(ascii: "\"")

  /// Spreadsheets run what begins so (OWASP, "CSV Injection").
  private static let dangers = Set("=+-@\t\r".utf8)

  /// The text with an apostrophe before it, if it needs one. One that already has some gets
  /// another, so that taking one off always gives the text again.
  static func added(to text: String) -> String {
    isDangerous(text.utf8.drop { $0 == apostrophe }) ? "'" + text : text
  }

  /// The cell without that apostrophe, or without the `="0123"` that keeps leading zeros in Excel.
  static func removed(from cell: [UInt8]) -> ArraySlice<UInt8> {
    if cell.first == apostrophe, isDangerous(cell.drop { $0 == apostrophe }) {
      return cell.dropFirst()
    }
    if cell.count >= 3, cell[0] == UInt8(ascii: "="), cell[1] == quote, cell.last == quote {
      let text = cell[2..<(cell.count - 1)]
      if !text.contains(quote) { return text }
    }
    return cell[...]
  }

  private static func isDangerous(_ text: some Collection<UInt8>) -> Bool {
    text.first.map(dangers.contains) ?? false
  }
}

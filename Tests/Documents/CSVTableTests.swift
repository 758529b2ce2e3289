import Documents
import Testing

/// RFC 4180, and what spreadsheets make of it.
@Suite struct CSVTableTests {
  private func cells(_ text: String) throws -> [[String]] {
    let table = try CSVTable(Array(text.utf8))
    return [table.header] + table.records.map(\.cells)
  }

  @Test(arguments: [
    ("a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]]), ("a,b\nc,d", [["a", "b"], ["c", "d"]]),
    ("\u{FEFF}代码,名称\n1,村", [["代码", "名称"], ["1", "村"]]),
    ("a\n\"x,\"\"y\"\"\nz\"", [["a"], ["x,\"y\"\nz"]]),
    ("a,b\n,\n\n1,", [["a", "b"], ["1", ""]]),
    ("a\n\"\"", [["a"]]),
  ])
  func tables(text: String, expected: [[String]]) throws {
    #expect(try cells(text) == expected)
  }

  /// Empty lines keep their number: a person looks for the row in the sheet.
  @Test func recordsAreNumberedFromTheHeader() throws {
    let table = try CSVTable(Array("a\n1\n\n2".utf8))
    #expect(table.records.map(\.number) == [2, 4])
  }

  @Test(
    arguments: [
      ([], CSVTable.Fault.empty), (Array("a\n\"b".utf8), .openQuote(record: 2)),
      ([0x61, 0x0A, 0xC4, 0xE3], .notUTF8), ([0x61, 0x0A, 0x00], .controlCharacter(record: 2)),
    ] as [([UInt8], CSVTable.Fault)])
  func refused(bytes: [UInt8], fault: CSVTable.Fault) {
    #expect(throws: fault) { try CSVTable(bytes) }
  }
}

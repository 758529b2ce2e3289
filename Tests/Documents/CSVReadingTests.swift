import Documents
import Domain
import TestSupport
import Testing

/// RFC 4180, and what spreadsheets make of it.
@Suite struct CSVReadingTests {
  private func texts(_ bytes: [UInt8]) throws -> [[String]] {
    try Table(csv: bytes).rows.map {
      $0.cells.map {
        switch $0 {
        case .text(let text): text
        case .empty: ""
        default: "?"
        }
      }
    }
  }

  @Test(arguments: [
    ("a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]]), ("a,b\nc,d", [["a", "b"], ["c", "d"]]),
    ("a,b\rc,d\r", [["a", "b"], ["c", "d"]]),
    ("\u{FEFF}代码,名称\n1,村", [["代码", "名称"], ["1", "村"]]),
    ("a\n\"x,\"\"y\"\"\nz\"", [["a"], ["x,\"y\"\nz"]]),
    ("a,b\n,\n\n1,", [["a", "b"], ["1"]]), ("a\n\"\"\n,,b", [["a"], ["", "", "b"]]),
    ("a;b\n1,5;2", [["a", "b"], ["1,5", "2"]]),
    ("a\tb;c\td\n1\t2", [["a", "b;c", "d"], ["1", "2"]]),
    ("标题\n\"a;b\",c\n1;2,3", [["标题"], ["a;b", "c"], ["1;2", "3"]]),
    ("=\"0123\",\"=\"\"007\"\"\",=\"\"", [["0123", "007"]]),
    ("'=1+1,'-5,''@a,'a,''", [["=1+1", "-5", "'@a", "'a", "''"]]),
    ("a\"b,c", [["a\"b", "c"]]),
  ])
  func tables(text: String, expected: [[String]]) throws {
    #expect(try texts(Array(text.utf8)) == expected)
  }

  /// Code tables of GB 18030 and Unicode.
  @Test(
    arguments: [
      // GBK: 许昌,魏都
      ([0xD0, 0xED, 0xB2, 0xFD, 0x2C, 0xCE, 0xBA, 0xB6, 0xBC], [["许昌", "魏都"]]),
      // Four bytes: U+3400 㐀 8139EE39, U+20000 𠀀 95328236
      ([0x81, 0x39, 0xEE, 0x39, 0x95, 0x32, 0x82, 0x36], [["㐀𠀀"]]),
      // UTF-16 with a byte order mark: 许,a
      ([0xFF, 0xFE, 0xB8, 0x8B, 0x2C, 0x00, 0x61, 0x00], [["许", "a"]]),
      ([0xFE, 0xFF, 0x8B, 0xB8, 0x00, 0x2C, 0x00, 0x61], [["许", "a"]]),
      ([0xEF, 0xBB, 0xBF, 0xE8, 0xAE, 0xB8], [["许"]]),
    ] as [([UInt8], [[String]])])
  func encodings(bytes: [UInt8], expected: [[String]]) throws {
    #expect(try texts(bytes) == expected)
  }

  /// Empty lines keep their number: a person looks for the row in the sheet.
  @Test func recordsAreNumberedFromTheFirst() throws {
    let table = try Table(csv: Array("a\n1\n\n,\n2".utf8))
    #expect(table.rows.map(\.number) == [1, 2, 5])
    #expect(table.sheet == nil && table.merges.isEmpty && table.formulas.isEmpty)
  }

  @Test(
    arguments: [
      ([], .empty), (Array("\n,,\n".utf8), .empty), (Array("a\n\"b".utf8), .openQuote(record: 2)),
      ([0x61, 0x0A, 0x00], .controlCharacter(record: 2)),
      ([0xEF, 0xBB, 0xBF, 0xC4, 0xE3], .unknownEncoding),
      // Half a character; a byte GB 18030 has not; Latin-1 "é,"; an odd byte; half a surrogate pair.
      ([0xC4], .unknownEncoding), ([0xFF, 0x61], .unknownEncoding),
      ([0xE9, 0x2C], .unknownEncoding), ([0xFF, 0xFE, 0x61], .unknownEncoding),
      ([0xFF, 0xFE, 0x3D, 0xD8], .unknownEncoding),
      // AAA1 is of the user-defined area.
      ([0xAA, 0xA1], .unknownEncoding),
    ] as [([UInt8], TableFault)])
  func refused(bytes: [UInt8], fault: TableFault) {
    #expect(throws: fault) { try Table(csv: bytes) }
  }

  @Test func limits() {
    var limits = TableLimits()
    (limits.rows, limits.columns, limits.cells, limits.characters) = (2, 3, 5, 4)
    func fault(_ text: String) -> TableFault? {
      do throws(TableFault) {
        _ = try Table(csv: Array(text.utf8), limits: limits)
        return nil
      } catch {
        return error
      }
    }
    #expect(fault("a,b,c\nd,e") == nil)
    #expect(fault("a\nb\nc") == .tooManyRows(limit: 2))
    #expect(fault("a,b,c,d") == .tooManyColumns(limit: 3))
    #expect(fault("a,b,c\nd,e,f") == .tooManyCells(limit: 5))
    #expect(fault("a\n许昌许昌许") == .longCell(row: 2, limit: 4))
  }

  @Test func filesAreToldByTheirBytes() throws {
    let folder = ScratchFolder()
    let path = folder.file(Array("a,b".utf8), "named.xlsx")
    #expect(try TableFile.read(path: path, sheet: "x").rows[0].cells == [.text("a"), .text("b")])
    var limits = TableLimits()
    limits.unpacked = 2
    #expect(throws: TableFault.tooLarge(limit: 2)) {
      try TableFile.read(path: path, limits: limits)
    }
  }
}

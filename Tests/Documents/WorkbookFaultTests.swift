import Documents
import Domain
import Foundation
import TestSupport
import Testing

/// What a file may do to a reader, and what is said of it.
@Suite struct WorkbookFaultTests {
  private let parts = WorkbookParts(
    rows: "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>", strings: "<si><t>a</t></si>",
    styles: "<cellXfs><xf numFmtId=\"0\"/></cellXfs>")

  private func fault(_ bytes: [UInt8], limits: TableLimits = .standard) -> TableFault? {
    let folder = ScratchFolder()
    do throws(TableFault) {
      _ = try TableFile.read(path: folder.file(bytes), limits: limits)
      return nil
    } catch {
      return error
    }
  }

  @Test func theWorkbookItself() throws {
    #expect(try parts.table().rows == [Table.Row(number: 1, cells: [.text("a")])])
  }

  @Test(
    arguments: [
      ([], .empty), (Array("%PDF-1.7".utf8), .notATable),
      ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A], .notATable), ([0xFF, 0xD8, 0xFF, 0xE0], .notATable),
      (Array(" \n<HTML><table>".utf8), .notATable), (Array("PK\u{5}\u{6}".utf8), .notATable),
      (Array("PK\u{3}\u{4}".utf8), .damaged("zip")),
    ] as [([UInt8], TableFault)])
  func otherFiles(bytes: [UInt8], expected: TableFault) {
    #expect(fault(bytes) == expected)
  }

  /// [MS-CFB] header; streams' names in UTF-16: [MS-OFFCRYPTO] 2.3.4, [MS-XLS] 2.1.7.20.
  @Test(
    arguments: [
      ("Workbook", .legacyWorkbook), ("Book", .legacyWorkbook), ("EncryptedPackage", .encrypted),
      ("WordDocument", .notATable),
    ] as [(String, TableFault)])
  func containers(stream: String, expected: TableFault) {
    let header: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    var bytes = header + [UInt8](repeating: 0, count: 65_520)
    for unit in (stream + "\0").utf16 { bytes += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    #expect(fault(bytes + [0, 0, 0]) == expected)
  }

  @Test func missingFiles() {
    #expect(throws: TableFault.unreadable) { try TableFile.read(path: "/no/such/file") }
    #expect(throws: TableFault.unreadable) { try TableFile.read(path: ScratchFolder().path) }
  }

  @Test func kindsOfWorkbook() {
    let sheet = WorkbookParts.Sheet(rows: "")
    func typed(_ type: String) -> TableFault? {
      fault(WorkbookParts([sheet], type: type).bytes())
    }
    #expect(typed("application/vnd.ms-excel.sheet.macroEnabled.main+xml") == .macroWorkbook)
    #expect(typed("application/vnd.ms-excel.sheet.binary.macroEnabled.main") == .legacyWorkbook)
    #expect(typed("application/vnd.openxmlformats-officedocument.wordprocessingml") == .notATable)
    #expect(fault(parts.adding("xl/vbaProject.bin").bytes()) == .macroWorkbook)
    #expect(fault(parts.without("[Content_Types].xml").bytes()) == .notATable)
  }

  @Test(arguments: [
    "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/s1.xml",
    "xl/sharedStrings.xml", "xl/styles.xml",
  ])
  func missingParts(name: String) {
    #expect(fault(parts.without(name).bytes()) == .damaged(name))
  }

  @Test(
    arguments: [
      (
        "<worksheet ", "<!DOCTYPE worksheet [<!ENTITY a \"b\">]><worksheet ",
        "xl/worksheets/s1.xml DOCTYPE"
      ),
      ("worksheets/s1.xml", "../../../etc/passwd", "Sheet1"),
      ("r:id=\"rId1\"", "r:id=\"rId9\"", "xl/workbook.xml"),
      ("<v>0</v>", "<v>1</v>", "xl/worksheets/s1.xml A1"),
      ("<v>0</v>", "<v>-1</v>", "xl/worksheets/s1.xml A1"),
      ("t=\"s\"", "t=\"q\"", "xl/worksheets/s1.xml A1"),
      ("t=\"s\"><v>0", "><v>zero", "xl/worksheets/s1.xml A1"),
      ("\"A1\"", "\"A2\"", "xl/worksheets/s1.xml row 1"),
      ("\"A1\"", "\"XFE1\"", "xl/worksheets/s1.xml row 1"),
      ("<row r=\"1\">", "<row r=\"1048577\">", "xl/worksheets/s1.xml row 1048577"),
      ("<row r=\"1\">", "<row r=\"2\"/><row r=\"1\">", "xl/worksheets/s1.xml row 1"),
      ("</row>", "", "xl/worksheets/s1.xml"),
      ("</sheetData>", "</sheetData><mergeCell ref=\"B2:A1\"/>", "xl/worksheets/s1.xml mergeCell"),
      (
        "</sheetData>", "</sheetData>" + String(repeating: "<a>", count: 300),
        "xl/worksheets/s1.xml"
      ),
      (
        "<sheetData>", "<a b=\"" + String(repeating: "x", count: 3 << 20) + "\"/><sheetData>",
        "xl/worksheets/s1.xml"
      ),
    ])
  func againstTheFormat(old: String, new: String, what: String) {
    var limits = TableLimits.standard
    limits.ratio = 100_000
    let changed = parts.replacing(old, with: new)
    #expect(fault(changed.bytes(), limits: limits) == .damaged(what))
  }

  /// Expat keeps every name it has seen.
  @Test(arguments: [(10_000, nil), (600_000, TableFault.damaged("xl/worksheets/s1.xml"))])
  func manyNames(count: Int, expected: TableFault?) {
    let names = (0..<count).map { "<a\($0)/>" }.joined()
    #expect(fault(parts.replacing("<sheetData>", with: names + "<sheetData>").bytes()) == expected)
  }

  @Test func duplicateEntries() {
    #expect(fault(parts.adding("XL/workbook.xml").bytes()) == .damaged("XL/workbook.xml"))
  }

  @Test func limits() {
    let row = "<row><c><v>1</v></c><c><v>2</v></c></row>"
    let bytes = WorkbookParts(rows: String(repeating: row, count: 10)).bytes()
    func limited(_ change: (inout TableLimits) -> Void) -> TableFault? {
      var limits = TableLimits.standard
      change(&limits)
      return fault(bytes, limits: limits)
    }
    #expect(limited { $0.rows = 10 } == nil)
    #expect(limited { $0.rows = 9 } == .tooManyRows(limit: 9))
    #expect(limited { $0.cells = 20 } == nil)
    #expect(limited { $0.cells = 19 } == .tooManyCells(limit: 19))
    #expect(limited { $0.columns = 1 } == .tooManyColumns(limit: 1))
    #expect(limited { $0.unpacked = 1000 } == .tooLarge(limit: 1000))
  }

  /// A cell in the last column of every row would be 16,384 cells each.
  @Test func wideRows() {
    let rows = (1...2000).map { "<row r=\"\($0)\"><c r=\"XFD\($0)\"><v>1</v></c></row>" }.joined()
    #expect(fault(WorkbookParts(rows: rows).bytes()) == .tooManyCells(limit: 20_000_000))
  }

  @Test(arguments: ["t=\"inlineStr\"><is><t>", "t=\"str\"><v>"])
  func longCells(start: String) {
    func cell(_ count: Int) -> [UInt8] {
      let end = start.contains("is>") ? "</t></is>" : "</v>"
      let text = String(repeating: "长", count: count)
      return WorkbookParts(rows: "<row><c \(start)\(text)\(end)</c></row>").bytes()
    }
    #expect(fault(cell(32_767)) == nil)
    #expect(fault(cell(32_768)) == .longCell(row: 1, limit: 32_767))
  }

  @Test func bombs() {
    let bomb = parts.adding("xl/big.xml", String(repeating: " ", count: 8 << 20)).bytes()
    #expect(fault(bomb) == .bomb(ratio: 200))
    let small = parts.adding("xl/big.xml", String(repeating: " ", count: 900 << 10)).bytes()
    #expect(fault(small) == nil)
  }

  /// The directory says 1000 bytes, the sheet unpacks to 8 MiB.
  @Test func lyingHeaders() throws {
    let sheet = WorkbookParts.Sheet(
      rows: String(repeating: " ", count: 8 << 20) + "<row><c><v>1</v></c></row>")
    var bytes = WorkbookParts([sheet]).bytes()
    for (signature, offset) in [([0x50, 0x4B, 0x01, 0x02], 24), ([0x50, 0x4B, 0x03, 0x04], 22)] {
      let headers = bytes.indices.dropLast(50).filter {
        Array(bytes[$0..<($0 + 4)]) == signature.map(UInt8.init)
      }
      let last = try #require(headers.last)
      bytes.replaceSubrange((last + offset)..<(last + offset + 4), with: [0xE8, 0x03, 0, 0])
    }
    #expect(fault(bytes) == .damaged("xl/worksheets/s1.xml"))
  }

  @Test func encryptedEntries() throws {
    var bytes = parts.bytes()
    let header = try #require(
      bytes.indices.dropLast(4).first { bytes[$0..<($0 + 4)] == [0x50, 0x4B, 0x01, 0x02] })
    bytes[header + 8] |= 1
    #expect(fault(bytes) == .encrypted)
  }
}

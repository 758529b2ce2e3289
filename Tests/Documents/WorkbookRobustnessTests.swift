import Documents
import Domain
import Foundation
import TestSupport
import Testing

/// Whatever the bytes, there is a table or a fault.
@Suite struct WorkbookRobustnessTests {
  private static let workbook = WorkbookParts(
    rows: """
      <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>46347</v></c></row>\
      <row><c t="inlineStr"><is><t>_x000D_</t></is></c><c><f>1+1</f><v>2.5</v></c></row>
      """, strings: "<si><t>许昌</t></si>",
    styles: "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs>"
  ).bytes()

  private func read(_ bytes: [UInt8], in folder: ScratchFolder) -> [Table.Row]? {
    try? TableFile.read(path: folder.file(bytes)).rows
  }

  /// Without its end an archive has no directory. Only of that directory's end, a comment's length,
  /// may some bytes be missing, and then nothing of the table is. (One byte alone is a csv file.)
  @Test func truncatedFilesAreNeverPartOfATable() {
    let folder = ScratchFolder()
    let whole = read(Self.workbook, in: folder)
    #expect(whole?.count == 2)
    for count in 4..<Self.workbook.count {
      let rows = read(Array(Self.workbook.prefix(count)), in: folder)
      #expect(rows == nil || rows == whole && count > Self.workbook.count - 4, "\(count) bytes")
    }
  }

  @Test func flippedBytesNeverCrash() {
    let folder = ScratchFolder()
    var random = SystemRandomNumberGenerator()
    for _ in 0..<2000 {
      var bytes = Self.workbook
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(
          in: 0...255, using: &random)
      }
      _ = read(bytes, in: folder)
    }
  }

  /// Flips within the parts themselves, packed anew: checksums do not stop them.
  @Test func changedPartsNeverCrash() {
    var random = SystemRandomNumberGenerator()
    let letters = Array("<>/\"=&;: 0129ACXrstv_x[]!-é\u{0}").map(String.init)
    let whole = WorkbookParts(
      rows: "<row r=\"1\"><c r=\"A1\" t=\"s\" s=\"1\"><f>A</f><v>0</v></c></row>",
      strings: "<si><r><t>a</t></r></si>",
      styles: "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs>")
    for _ in 0..<1000 {
      var parts = whole
      let index = Int.random(in: parts.parts.indices, using: &random)
      var text = parts.parts[index].content.map(String.init)
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        text[Int.random(in: text.indices, using: &random)] = letters.randomElement(using: &random)!
      }
      parts.parts[index].content = text.joined()
      _ = try? parts.table()
    }
  }

  @Test func anyTextNeverCrashes() {
    var random = SystemRandomNumberGenerator()
    let bytes: [UInt8] = Array(",;\t\"\r\n='@a".utf8) + [0xC4, 0xE3, 0x81, 0x30, 0xFF, 0xFE, 0xEF]
    for _ in 0..<2000 {
      let count = Int.random(in: 0...40, using: &random)
      _ = try? Table(csv: (0..<count).map { _ in bytes.randomElement(using: &random)! })
    }
  }
}

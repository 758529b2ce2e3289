import Documents
import Domain
import Foundation
import TestSupport
import Testing

@Suite struct CSVWritingTests {
  private func written(_ rows: [[OutputCell]]) throws -> String {
    let folder = ScratchFolder()
    let writer = try CSVWriter(path: folder("a.csv"), columns: [OutputColumn("名称")])
    for row in rows { try writer.write(row) }
    try writer.finish()
    #expect(folder.names == ["a.csv"])
    let bytes = try #require(FileManager.default.contents(atPath: folder("a.csv")))
    return String(decoding: bytes, as: UTF8.self)
  }

  /// RFC 4180 section 2.
  @Test(
    arguments: [
      ([.text("a,b"), .text("c\"d"), .text("e\r\nf")], "\"a,b\",\"c\"\"d\",\"e\r\nf\""),
      ([.empty, .text("0123"), .integer(-7), .number(-12.5)], ",0123,-7,-12.5"),
      ([.day(Day("2026-11-21")!), .number(4.11002001e11)], "2026-11-21,411002001000"),
      ([.text("x").marked(.error, "?"), .text("\u{0}")], "x, "),
      ([.text("=1+1"), .text("+86"), .text("-5"), .text("@a")], "'=1+1,'+86,'-5,'@a"),
      ([.text("\ta"), .text("\ra"), .text("'=a"), .text("'a")], "\"'\ta\",\"'\ra\",''=a,'a"),
    ] as [([OutputCell], String)])
  func rows(row: [OutputCell], line: String) throws {
    #expect(try written([row]) == "\u{FEFF}名称\r\n" + line + "\r\n")
  }

  @Test(arguments: ["=1+1", "'=1", "''@", "-5", "\ta", "a\nb", "\"", "=\"01\"", "许,昌", "'", ";"])
  func whatIsWrittenIsReadAgain(text: String) throws {
    let content = try written([[.text(text)]])
    #expect(try Table(csv: Array(content.utf8)).rows[1].cells == [.text(text)])
  }

  @Test func unfinishedFilesGo() throws {
    let folder = ScratchFolder()
    var writer: CSVWriter? = try CSVWriter(path: folder("a.csv"), columns: [])
    #expect(folder.names == ["a.csv.new"])
    try writer?.write([.text("a")])
    #expect(throws: TableWriteFault.self) { try writer?.write([.number(.nan)]) }
    writer = nil
    #expect(folder.names == [])
  }

  @Test func noFolder() {
    #expect(throws: TableWriteFault.file("No such file or directory")) {
      try CSVWriter(path: "/no/such/folder/a.csv", columns: [])
    }
  }

  @Test func fullDisk() throws {
    let folder = ScratchFolder()
    try FileManager.default.createSymbolicLink(
      atPath: folder("a.csv.new"), withDestinationPath: "/dev/full")
    let writer = try CSVWriter(path: folder("a.csv"), columns: [OutputColumn("a")])
    #expect(throws: TableWriteFault.file("No space left on device")) { try writer.finish() }
  }
}

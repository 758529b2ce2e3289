import Documents
import Domain
import Foundation
import TestSupport
import Testing

@Suite struct XLSXWriterTests {
  private let folder = ScratchFolder()
  private var path: String { folder("a.xlsx") }

  @Test func whatIsWrittenIsReadAgain() throws {
    let day = try #require(Day("2026-11-21"))
    let rows: [([OutputCell], [Cell])] = [
      (
        [.text("0123"), .integer(42), .number(-1.5)],
        [.text("0123"), .number("42"), .number("-1.5")]
      ),
      ([.empty, .day(day), .text("=1+1")], [.empty, .day(day), .text("=1+1")]),
      ([.text(" a\r\nb\t"), .text("_x000D_")], [.text(" a\nb\t"), .text("_x000D_")]),
      ([.text("a\u{1}\u{0}\u{FFFF}<&>\"'")], [.text("a   <&>\"'")]),
      ([.integer(410_002_199_001_011_234)], [.text("410002199001011234")]),
      ([.integer(9_007_199_254_740_991)], [.number("9007199254740991")]),
      (
        [.day(Day("1900-02-28")!), .day(Day("1899-12-31")!)],
        [.day(Day("1900-02-28")!), .text("1899-12-31")]
      ),
      ([.text("x").marked(.error, "错"), .empty.marked(.warning, "空")], [.text("x")]),
      ([.text("😀_x_许")], [.text("😀_x_许")]),
      (
        [.text("http://a.b"), .text("'a"), .text("TRUE")],
        [.text("http://a.b"), .text("'a"), .text("TRUE")]
      ),
    ]
    let writer = try XLSXWriter(path: path)
    try writer.beginSheet("名单", [OutputColumn("甲"), OutputColumn("乙"), OutputColumn("丙")])
    for row in rows { try writer.write(row.0) }
    try writer.finish()
    let table = try TableFile.read(path: path)
    #expect(table.sheet == "名单")
    #expect(table.rows[0].cells == [.text("甲"), .text("乙"), .text("丙")])
    #expect(table.rows.dropFirst().map(\.cells) == rows.map(\.1))
    #expect(table.formulas.isEmpty)
    #expect(folder.names == ["a.xlsx"])
  }

  @Test func sheetsAndTheirContinuation() throws {
    let writer = try XLSXWriter(path: path, rowsPerSheet: 2)
    let long = String(repeating: "长", count: 99)
    try writer.beginSheet("一", [OutputColumn("a", choices: [long])])
    for number in 1...5 { try writer.write([.integer(Int64(number))]) }
    try writer.beginSheet("二", [OutputColumn("b")])
    try writer.finish()
    let expected = [("一", ["1", "2"]), ("一 (2)", ["3", "4"]), ("一 (3)", ["5"]), ("二", [])]
    for (name, numbers) in expected {
      let table = try TableFile.read(path: path, sheet: name)
      #expect(table.rows.dropFirst().map(\.cells) == numbers.map { [.number($0)] })
    }
    #expect(throws: TableFault.unknownSheet(name: "x", available: expected.map(\.0))) {
      try TableFile.read(path: path, sheet: "x")
    }
  }

  /// The further sheet's name is cut so that it stays one.
  @Test func longSheetNames() throws {
    let writer = try XLSXWriter(path: path, rowsPerSheet: 1)
    try writer.beginSheet(String(repeating: "😀", count: 15), [OutputColumn("a")])
    for number in 1...2 { try writer.write([.integer(Int64(number))]) }
    try writer.finish()
    let table = try TableFile.read(path: path, sheet: String(repeating: "😀", count: 13) + " (2)")
    #expect(table.rows.last?.cells == [.number("2")])
  }

  /// ECMA-376 part 1: 18.3.1.33 validations, 18.3.1.66 panes, 18.3.1.2 filters.
  @Test func templates() throws {
    let long = (1...60).map { "选项\($0)" }
    let writer = try XLSXWriter(path: path)
    try writer.beginSheet(
      "模板",
      [
        OutputColumn("状态", choices: ["办结", "在办"], note: "必填", required: true),
        OutputColumn("单位", choices: long), OutputColumn("逗号", choices: ["a,b"]),
        OutputColumn("日期", form: .day), OutputColumn("数", form: .number),
      ])
    try writer.finish()
    let parts = try UnpackedParts(path: path)
    let sheet = try #require(parts["xl/worksheets/sheet1.xml"])
    #expect(sheet.contains("sqref=\"A2:A10001\""))
    #expect(sheet.contains("<formula1>\"办结,在办\"</formula1>"))
    #expect(sheet.contains("<formula1>_lists1!$A$1:$A$60</formula1>"))
    #expect(sheet.contains("<formula1>_lists1!$B$1:$B$1</formula1>"))
    #expect(sheet.contains("type=\"date\"") && sheet.contains("type=\"decimal\""))
    #expect(sheet.contains("state=\"frozen\"") && sheet.contains("<autoFilter ref=\"A1:E1\"/>"))
    #expect(parts["xl/comments1.xml"]?.contains("必填") == true)
    #expect(
      parts["xl/workbook.xml"]?.contains("name=\"_lists1\" sheetId=\"2\" state=\"hidden\"") == true)
    let list = try TableFile.read(path: path, sheet: "_lists1")
    #expect(list.rows.count == 60)
    #expect(list.rows[0].cells == [.text("选项1"), .text("a,b")])
  }

  @Test func partsAreWellFormed() throws {
    let writer = try XLSXWriter(path: path)
    try writer.beginSheet(
      "a&<'b", [OutputColumn("<\"&\u{1}", choices: ["<&\">", "b"], note: "<&>\u{2}")])
    try writer.write([.text("]]>&<\u{B}\u{FFFE}").marked(.error, "<&\u{3}>")])
    try writer.finish()
    let parts = try UnpackedParts(path: path)
    #expect(parts.names.count >= 10)
    #expect(parts.malformed == [])
  }

  @Test(arguments: ["", "a/b", "'a", String(repeating: "长", count: 32), "a\u{1}", "a\nb"])
  func sheetNames(name: String) throws {
    let writer = try XLSXWriter(path: path)
    #expect(throws: TableWriteFault.sheetName(name)) { try writer.beginSheet(name, []) }
  }

  @Test func refused() throws {
    let writer = try XLSXWriter(path: path)
    #expect(throws: TableWriteFault.noSheet) { try writer.write([]) }
    #expect(throws: TableWriteFault.noSheet) { try writer.finish() }
    try writer.beginSheet("a", [OutputColumn("a")])
    #expect(throws: TableWriteFault.sheetName("A")) { try writer.beginSheet("A", []) }
    try writer.beginSheet("b", [OutputColumn("a")])
    #expect(throws: TableWriteFault.notANumber(row: 1, column: 1)) {
      try writer.write([.empty, .number(.infinity)])
    }
    #expect(throws: TableWriteFault.longText(row: 2, column: 0, limit: 32_767)) {
      try writer.write([.text(String(repeating: "长", count: 32_768))])
    }
    #expect(throws: TableWriteFault.tooManyColumns(limit: 16_384)) {
      try writer.write(Array(repeating: .empty, count: 16_385))
    }
    try writer.finish()
    #expect(throws: TableWriteFault.finished) { try writer.finish() }
    #expect(throws: TableWriteFault.finished) { try writer.write([]) }
  }

  @Test func unfinishedFilesGo() throws {
    var writer: XLSXWriter? = try XLSXWriter(path: path)
    try writer?.beginSheet("a", [OutputColumn("a", note: "b")])
    try writer?.write([.text("a").marked(.warning, "b")])
    #expect(folder.names.contains("a.xlsx.new"))
    writer = nil
    #expect(folder.names == [])
  }

  @Test func files() throws {
    #expect(throws: TableWriteFault.file("No such file or directory")) {
      try XLSXWriter(path: "/no/such/folder/a.xlsx")
    }
    try FileManager.default.createSymbolicLink(
      atPath: folder("full.xlsx.new"), withDestinationPath: "/dev/full")
    let writer = try XLSXWriter(path: folder("full.xlsx"))
    try writer.beginSheet("a", [])
    #expect(throws: TableWriteFault.self) { try writer.finish() }
    #expect(folder.names == ["full.xlsx.new"] || folder.names == [])
  }
}

import Documents
import Domain
import Testing

/// ECMA-376 part 1, 18.3 and 18.4: parts written by hand.
@Suite struct WorkbookReadingTests {
  private func cells(_ row: String, strings: String? = nil) throws -> [Cell] {
    try WorkbookParts(rows: "<row r=\"1\">\(row)</row>", strings: strings).table().rows[0].cells
  }

  @Test(
    arguments: [
      ("<c><v>411002</v></c>", .number("411002")),
      ("<c t=\"n\"><v>4.11002001E11</v></c>", .number("411002001000")),
      ("<c><v>4.1102319900101123E+17</v></c>", .number("4.1102319900101123E+17")),
      // IEEE 754: the shortest decimal that is the double nearest to it.
      ("<c><v>410002199001011234</v></c>", .number("4.1000219900101126E+17")),
      ("<c><v>-12.50</v></c>", .number("-12.5")), ("<c><v>1.0</v></c>", .number("1")),
      ("<c><v>007</v></c>", .number("7")), ("<c><v>-0</v></c>", .number("0")),
      ("<c>\n <v>\n 1\n </v>\n</c>", .number("1")),
      ("<c t=\"b\"><v>1</v></c>", .text("TRUE")), ("<c t=\"b\"><v>0</v></c>", .text("FALSE")),
      ("<c t=\"e\"><v>#N/A</v></c>", .error("#N/A")),
      ("<c t=\"str\"><f>A2&amp;B2</f><v>许昌</v></c>", .text("许昌")),
      ("<c t=\"d\"><v>2026-11-21T08:00:00</v></c>", .day(Day("2026-11-21")!)),
      ("<c t=\"inlineStr\"><is><t>0123</t></is></c>", .text("0123")),
      ("<c t=\"inlineStr\"><is><t> a </t></is></c>", .text("a")),
      ("<c t=\"inlineStr\"><is><t xml:space=\"preserve\"> a </t></is></c>", .text(" a ")),
      ("<c t=\"inlineStr\"><is><r><t>许</t></r><r><t>昌</t></r></is></c>", .text("许昌")),
      ("<c t=\"inlineStr\"><is><t>a_x000D_b</t></is></c>", .text("a\rb")),
      ("<c t=\"inlineStr\"><is><t>_x005F_x000D_</t></is></c>", .text("_x000D_")),
      ("<c t=\"inlineStr\"><is><t>_xD83D__xDE00_</t></is></c>", .text("😀")),
      ("<c t=\"inlineStr\"><is><t>a_b_xZZZZ_</t></is></c>", .text("a_b_xZZZZ_")),
      ("<c t=\"inlineStr\"><is><t>a&amp;&lt;&#x4E2D;</t></is></c>", .text("a&<中")),
    ] as [(String, Cell)])
  func cell(xml: String, expected: Cell) throws {
    #expect(try cells(xml) == [expected])
  }

  @Test func sharedStringsAreJoinedWithoutReadings() throws {
    let strings = """
      <si><t>村</t></si><si><r><rPr><b/></rPr><t>魏</t></r><r><t>都</t></r>\
      <rPh sb="0" eb="1"><t>wei</t></rPh></si><si><t/></si>
      """
    let row = [1, 0, 2, 0].map { "<c t=\"s\"><v>\($0)</v></c>" }.joined()
    #expect(try cells(row, strings: strings) == [.text("魏都"), .text("村"), .empty, .text("村")])
  }

  /// The attribute r may be missing from rows and cells; cells may stand out of order.
  @Test func positions() throws {
    let rows = """
      <row><c><v>1</v></c><c><v>2</v></c></row><row r="5"><c r="C5"><v>3</v></c><c><v>4</v></c></row>\
      <row><c r="B6"><v>6</v></c><c r="A6"><v>5</v></c></row><row r="9"><c r="XFD9" s="1"/></row>
      """
    let table = try WorkbookParts(rows: rows).table()
    #expect(table.rows.map(\.number) == [1, 5, 6])
    #expect(
      table.rows.map(\.cells) == [
        [.number("1"), .number("2")], [.empty, .empty, .number("3"), .number("4")],
        [.number("5"), .number("6")],
      ])
  }

  @Test func mergesAndFormulas() throws {
    let sheet = WorkbookParts.Sheet(
      rows: "<row r=\"3\"><c r=\"B3\"><f>1+1</f><v>2</v></c><c r=\"D3\"><f>X</f></c></row>",
      after: "<mergeCells><mergeCell ref=\"A1:AB2\"/><mergeCell ref=\"C4:C5\"/></mergeCells>")
    let table = try WorkbookParts([sheet]).table()
    #expect(table.rows[0].cells == [.empty, .number("2")])
    #expect(table.formulas == [Place(row: 3, column: 1), Place(row: 3, column: 3)])
    #expect(
      table.merges == [Merge(rows: 1...2, columns: 0...27), Merge(rows: 4...5, columns: 2...2)])
  }

  /// Other programs use prefixes, UTF-16, paths with dots and other letters of a part's name.
  @Test func otherWriters() throws {
    let rows = "<row><c><v>1</v></c></row>"
    let parts = WorkbookParts(rows: rows)
      .replacing("<sheetData>", with: "<x:sheetData xmlns:x=\"u\">")
      .replacing("</sheetData>", with: "</x:sheetData>")
      .replacing("row>", with: "x:row>").replacing("worksheets/s1", with: "../xl/WorkSheets/./S1")
    #expect(try parts.table().rows.map(\.cells) == [[.number("1")]])
  }

  @Test func sheets() throws {
    let rows = "<row><c><v>1</v></c></row>"
    let parts = WorkbookParts([
      .init(name: "内部", state: "hidden", rows: rows), .init(name: "空"),
      .init(name: "名单", rows: rows), .init(name: "后", rows: rows),
    ])
    #expect(try parts.table().sheet == "名单")
    #expect(try parts.table(sheet: "后").sheet == "后")
    #expect(try parts.table(sheet: " 内部 ").sheet == "内部")
    #expect(throws: TableFault.unknownSheet(name: "没有", available: ["空", "名单", "后"])) {
      try parts.table(sheet: "没有")
    }
    #expect(throws: TableFault.empty) { try parts.table(sheet: "空") }
    #expect(throws: TableFault.empty) { try WorkbookParts(rows: "").table() }
  }
}

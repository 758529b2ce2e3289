import Documents
import Domain
import Services
import Storage
import TestSupport
import Testing

/// Sheets come in nine shapes (DOMAIN.md 10, Import).
@Suite struct SheetShapeTests {
  private func cells(_ texts: String) -> [Cell] {
    texts.split(separator: "|", omittingEmptySubsequences: false).map {
      $0.isEmpty ? .empty : $0.hasPrefix("#") ? .error(String($0)) : .text(String($0))
    }
  }

  private func table(
    _ rows: [String], merges: [Merge] = [], formulas: Set<Place> = []
  ) -> Table {
    Table(
      rows: rows.enumerated().filter { !$1.isEmpty }.map {
        Table.Row(number: $0 + 1, cells: cells($1))
      }, sheet: "Sheet1", merges: merges, formulas: formulas)
  }

  private func take(_ kind: ImportKind, _ table: Table) async throws -> ImportReport {
    try await Engine.sqlite.withSample { platform in
      try await RunImport(platform.platform)(kind, table, mode: ImportMode(), by: nil)
    }
  }

  private static let firms = ["企业名称|所属县区", "大河面粉厂|清河县", "远东轴承公司|清河县"]

  @Test func titlesAboveTheHeadings() async throws {
    let report = try await take(
      .enterprises, table(["清河县企业名单", "填报单位：清河县|2026年11月", ""] + Self.firms))
    #expect(report.headerRow == 4 && report.added == 2 && report.codes == [])
    #expect(report.mapping.map(\.heading) == ["企业名称", "所属县区"])
    #expect(report.mapping.map(\.column) == ["name", "county"])
  }

  /// 联系人 stands above 姓名 and 电话.
  @Test func twoRowsOfHeadings() async throws {
    let report = try await take(
      .enterprises,
      table(
        ["企业名称|县区|联系人|", "||姓名|电话", "大河面粉厂|清河县|王五|13900000001"],
        merges: [
          Merge(rows: 1...2, columns: 0...0), Merge(rows: 1...2, columns: 1...1),
          Merge(rows: 1...1, columns: 2...3),
        ]))
    #expect(report.headerRow == 2 && report.added == 1)
    #expect(report.mapping.map(\.column) == ["name", "county", "contact", "contactphone"])
  }

  @Test func mergedCellsAreFilledDown() async throws {
    let report = try await take(
      .enterprises,
      table(
        ["县区|企业名称", "清河县|大河面粉厂", "|远东轴承公司"],
        merges: [Merge(rows: 2...3, columns: 0...0)]))
    #expect(report.added == 2 && report.codes == ["2 filled_down"])
  }

  @Test func remarksBelowTheListAreSkipped() async throws {
    let report = try await take(
      .enterprises, table(Self.firms + ["合 计：|2", "注：含新增企业", "填表人：张三|电话见首页"]))
    #expect(report.added == 2)
    #expect(report.codes == ["4 total_skipped", "5 remark_skipped", "6 remark_skipped"])
  }

  @Test func totalsAndRepeatedHeadingsAreSkippedAndTold() async throws {
    let report = try await take(
      .enterprises, table(Self.firms + ["小计|2", "企业名称|所属县区", "瑞贝卡发制品厂|清河县", "合计|3"]))
    #expect(report.added == 3 && report.skipped == 3)
    #expect(report.codes == ["4 total_skipped", "5 heading_skipped", "7 total_skipped"])
  }

  @Test func formulasAreTakenAndErrorsAreNot() async throws {
    let report = try await take(
      .enterprises,
      table(
        ["企业名称|县区|企业规模", "大河面粉厂|清河县|大型", "乙公司|#REF!|小型"],
        formulas: [Place(row: 2, column: 0), Place(row: 3, column: 0)]))
    #expect(report.codes == ["2 formula_taken", "3 error_value"])
    #expect(!report.isSaved)
  }

  @Test(arguments: [
    (["名称|类型|上级", "甲|部门|乙", "乙|部门|甲"], ["2 cycle", "3 cycle"]),
    (["名称|类型|上级", "甲|部门|乙", "乙|部门|清河县"], []),
    (["名称|类型|上级", "甲|部门|甲"], ["2 cycle"]),
    (
      ["名称|类型|上级|起始日期|终止日期", "甲|部门|清河县|2027-01-01|2027-06-01", "乙|部门|甲|2027-01-01|"],
      ["3 closes_before_child"]
    ),
    (
      [
        "名称|类型|上级|起始日期|终止日期", "甲|部门|清河县|2027-01-01|2027-06-01",
        "乙|部门|甲|2027-01-01|2027-03-01",
      ], []
    ),
    (["名称|类型|上级|终止日期", "甲|部门|清河县|7月6日"], ["2 day_without_year"]),
    (["名称|类型|上级|起始日期", "甲|部门|清河县|2010-01-01"], ["2 before_parent"]),
    (["名称|类型|上级|级别", "甲|区划|大寺乡|县级"], ["2 wrong_level"]),
    (["名称|类型|上级|区划代码", "甲|区划|清河县|990121009000、990121009000"], []),
    (["名称|类型|上级", "示例市|部门|清河县", "乙|部门|示例市"], []),
    (["名称|类型|上级|区划代码", "甲|区划|清河县|990121101200"], ["2 code_taken"]),
    (["名称|类型|上级|区划代码", "甲|区划|清河县|4.11E+11"], ["2 digits_lost"]),
  ])
  func units(rows: [String], expected: [String]) async throws {
    try await Engine.sqlite.withSample { platform in
      platform.advance(days: 365)
      let table = table(rows)
      let report = try await RunImport(platform.platform)(
        .units, table, mode: ImportMode(), by: nil)
      #expect(report.codes == expected)
      let again = try await RunImport(platform.platform)(
        .units, table, mode: ImportMode(), by: nil)
      #expect(!report.isSaved || (again.added == 0 && again.changed == 0))
      #expect(try await ReplayLedger(platform.platform)().differences == [])
    }
  }

  @Test func aCodeOfAnotherCity() async throws {
    let report = try await take(.divisions, table(["代码|名称", "410102001000|某街道"]))
    #expect(report.codes == ["2 other_city"])
  }

  /// What is wrong with a file as a whole is in the report, at row 0, and nothing is done.
  @Test(arguments: [
    ("", "file_empty"), ("\u{D0}\u{CF}", "unknown_encoding"), ("%PDF-1.7", "not_a_table"),
  ])
  func files(content: String, expected: String) async throws {
    try await Engine.sqlite.withSample { platform in
      let bytes = content.unicodeScalars.map { UInt8($0.value) }
      let report = try await RunImport(platform.platform)(
        .units, file: ScratchFolder().file(bytes, "units.csv"), mode: ImportMode(), by: nil)
      #expect(report.codes == ["0 \(expected)"] || report.codes == ["0 file_unreadable"])
    }
  }

  @Test func aSheetThatIsNotThere() async throws {
    try await Engine.sqlite.withSample { platform in
      let folder = ScratchFolder()
      let path = folder("units.xlsx")
      try WriteTemplate(platform.platform.words)(.units, to: path, language: .zh)
      let report = try await RunImport(platform.platform)(
        .units, file: path, mode: ImportMode(sheet: "名单"), by: nil)
      #expect(report.codes == ["0 unknown_sheet"] && report.diagnostics[0].value.contains("units"))
    }
  }

  /// The first sheet is a cover, the list is on the second.
  @Test func theListIsOnTheSecondSheet() async throws {
    try await Engine.sqlite.withSample { platform in
      let folder = ScratchFolder()
      let path = folder("list.xlsx")
      let workbook = try XLSXWriter(path: path)
      try workbook.beginSheet("说明", [OutputColumn("填报说明")])
      try workbook.write([.text("请如实填写")])
      try workbook.beginSheet("名单", [OutputColumn("企业名称"), OutputColumn("县区")])
      try workbook.write([.text("大河面粉厂"), .text("清河县")])
      try workbook.finish()
      let report = try await RunImport(platform.platform)(
        .enterprises, file: path, mode: ImportMode(), by: nil)
      #expect(report.sheet == "名单" && report.added == 1)
    }
  }

  /// Each template's headings are all known to its import, in both languages.
  @Test(arguments: ImportKind.allCases, SheetLanguage.allCases)
  func templates(kind: ImportKind, language: SheetLanguage) async throws {
    try await Engine.sqlite.withSample { platform in
      let folder = ScratchFolder()
      let path = folder("template.xlsx")
      try WriteTemplate(platform.platform.words)(kind, to: path, language: language)
      let report = try await RunImport(platform.platform)(
        kind, file: path, mode: ImportMode(), by: nil)
      #expect(report.codes == [] && report.mapping.allSatisfy { $0.column != nil })
    }
  }

  /// The diagnostics come back as the sheet itself, rows where they stood.
  @Test func diagnosticsAsAWorkbook() async throws {
    try await Engine.sqlite.withSample { platform in
      let table = table(["企业名称|县区", "", "甲公司|无此县"])
      let report = try await RunImport(platform.platform)(
        .enterprises, table, mode: ImportMode(), by: nil)
      let folder = ScratchFolder()
      let path = folder("out.xlsx")
      try WriteDiagnostics(
        language: .zh, text: { ($0.code.rawValue, "怎么办") }, severity: \.rawValue
      )(report, of: table, to: path)
      let original = try TableFile.read(path: path, sheet: "原表")
      #expect(original.rows.map(\.number) == [1, 3])
      #expect(original.rows[1].cells == [.text("甲公司"), .text("无此县")])
      let list = try TableFile.read(path: path, sheet: "问题清单")
      #expect(
        list.rows[1].cells.prefix(4) == [
          .number("3"), .text("县区"), .text("error"), .text("unknown_unit"),
        ])
    }
  }
}

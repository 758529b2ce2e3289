import Documents
import Domain
import Services
import Storage
import TestSupport
import Testing

/// What a list does not say stays as it was, and who is meant is found by whatever is known of them.
@Suite struct WhatIsKnownTests {
  private static let id = "11010519491231002X"

  private func with(
    _ engine: Engine = .sqlite, _ body: (TestPlatform) async throws -> Void
  ) async throws {
    try await engine.withSample { platform in
      try await body(platform)
      #expect(try await ReplayLedger(platform.platform)().differences == [])
    }
  }

  private func list(_ platform: TestPlatform, _ kind: ExportKind) async throws -> [[String]] {
    let folder = ScratchFolder()
    defer { withExtendedLifetime(folder) {} }
    let path = folder("list.csv")
    try await ExportRegister(platform.platform)(
      kind, to: path, language: .zh, unmasked: true, by: nil)
    return try TableFile.read(path: path).rows.dropFirst().map { row in
      row.cells.map { if case .text(let text) = $0 { text } else { "" } }
    }
  }

  @Test func emptyCellsOfOfficials() async throws {
    try await with { platform in
      try await platform.importRows(
        .officials, "姓名,单位,轨道,手机号,级别,状态\n张三,柳林镇,助企,13800000001,副县级,离岗")
      let report = try await platform.importRows(
        .officials, "姓名,单位,轨道,手机号,级别,状态,职务\n张三,柳林镇,助企,13800000001,,,镇长")
      #expect(report.codes == [] && report.changed == 1)
      let row = try #require(await list(platform, .officials).first)
      #expect(row[5] == "镇长" && row[6] == "县处级" && row[9] == "离岗")
    }
  }

  @Test func emptyCellsOfEnterprises() async throws {
    try await with { platform in
      try await platform.importRows(
        .enterprises,
        "企业名称,县区,乡镇,经营状态,重点企业,联系人,联系电话,白名单级别,发布单位,列入日期\n"
          + "大河面粉厂,清河县,柳林镇,注销,是,王五,13900000001,市级,市工信局,2026-01-01")
      let report = try await platform.importRows(
        .enterprises,
        "企业名称,县区,乡镇,经营状态,重点企业,联系人,联系电话,白名单级别\n大河面粉厂,清河县,,,,,13900000002,市级")
      #expect(report.codes == [] && report.changed == 1)
      let row = try #require(await list(platform, .enterprises).first)
      #expect(row[2] == "柳林镇" && row[8] == "是" && row[10] == "注销")
      #expect(row[11] == "王五" && row[13] == "13900000002")
      #expect(row[14..<17] == ["市级", "市工信局", "2026-01-01"])
    }
  }

  /// By the ID number, or by phone and name, whichever the second list has; blanks in names are layout.
  @Test(arguments: [
    "李四,柳林镇,帮村,13800000002,", "李 四,柳林镇,帮村,13800000002,",
    "李四,柳林镇,帮村,,11010519491231002X",
  ])
  func nobodyIsTwoPeople(second: String) async throws {
    try await with { platform in
      let head = "姓名,单位,轨道,手机号,身份证号\n"
      try await platform.importRows(.officials, head + "李四,柳林镇,助企,13800000002,\(Self.id)")
      let report = try await platform.importRows(.officials, head + second)
      #expect(report.codes == ["2 both_tracks"])
      let inOne = try await platform.importRows(
        .officials, head + "赵六,柳林镇,助企,13800000003,\n赵 六,柳林镇,帮村,13800000003,")
      #expect(inOne.codes == ["2 both_tracks", "3 both_tracks"])
    }
  }

  /// A city leader who comes in a list of each track serves in both.
  @Test func aLeaderInTwoLists() async throws {
    try await with { platform in
      let head = "姓名,单位,轨道,手机号,级别\n"
      try await platform.importRows(.officials, head + "孙七,示例市,助企,13800000004,正厅级")
      let report = try await platform.importRows(
        .officials, head + "孙七,示例市,帮村,13800000004,")
      #expect(report.codes == [])
      #expect(try await list(platform, .officials).first?[2] == "双轨")
    }
  }

  /// One row has the code, another the name: nobody can say which is right.
  @Test func twoRowsOfOneEnterprise() async throws {
    try await with { platform in
      let head = "企业名称,县区,统一社会信用代码\n"
      let first = try await platform.importRows(
        .enterprises, head + "大河面粉厂,清河县,91350100M000100Y43\n大河面粉厂,清河县,")
      #expect(first.codes == ["2 duplicate_in_file", "3 duplicate_in_file"])
      try await platform.importRows(.enterprises, head + "大河面粉厂,清河县,91350100M000100Y43")
      let second = try await platform.importRows(
        .enterprises, head + "大河面业公司,清河县,91350100M000100Y43\n大河面粉厂,清河县,")
      #expect(second.codes == ["2 duplicate_in_file", "3 duplicate_in_file"] || second.added == 1)
    }
  }

  /// An entry that was merged away does not come back with the next list, and what it had is kept.
  @Test(arguments: Engine.available)
  func aMergedEnterpriseComesAgain(engine: Engine) async throws {
    try await with(engine) { platform in
      let text = "企业名称,县区,联系人,联系电话,白名单级别\n清河食品有限责任公司,清河县,王五,13900000001,市级\n"
      try await platform.importRows(.enterprises, text)
      try await platform.importRows(.enterprises, "企业名称,县区\n清河食品有限公司,清河县")
      let pair = try #require(
        await ReviewDuplicates(platform.platform)(limit: 9, by: nil).pairs.first)
      let (gone, kept) =
        pair.first.enterprise.name.contains("责任")
        ? (pair.first.id, pair.second.id) : (pair.second.id, pair.first.id)
      try await MergeEnterprises(platform.platform)(gone, into: kept, by: nil)
      let again = try await platform.importRows(.enterprises, text)
      #expect((again.added, again.changed, again.unchanged) == (0, 0, 1))
      let rows = try await list(platform, .enterprises)
      #expect(rows.count == 1 && rows[0][0] == "清河食品有限公司" && rows[0][5] == "清河食品有限责任公司")
      #expect(rows[0][11] == "王五" && rows[0][14] == "市级")
    }
  }

  @Test(arguments: [
    ("姓名,单位,轨道,手机号,职务\n张三,柳林镇,助企,13800000001,局长13955550002", "personal_in_text"),
    ("姓名,单位,轨道,手机号\n张**,柳林镇,助企,13800000001", "masked_value"),
    ("姓名,单位,轨道,手机号\n\u{200B},柳林镇,助企,13800000001", "missing_value"),
  ])
  func officialsThatAreRefused(text: String, expected: String) async throws {
    try await with { platform in
      let report = try await platform.importRows(.officials, text)
      #expect(report.codes == ["2 \(expected)"])
    }
  }

  /// Places as people call them for short, and by six digits.
  @Test(arguments: ["清河县", "清河", "示例市/清河县", "990121", "990121000000", "990121000000.0"])
  func placesForShort(county: String) async throws {
    try await with { platform in
      let report = try await platform.importRows(
        .enterprises, "企业名称,县区\n大河面粉厂,\(county)")
      #expect(report.codes == [] && report.added == 1)
    }
  }

  /// 河湾 of a county's list is 河湾村; a code of another township is not taken for it.
  @Test func villagesByTheirNames() async throws {
    try await with { platform in
      let head = "村名,乡镇,人口,区划代码\n"
      let report = try await platform.importRows(.villages, head + "河湾村委会,柳林镇,100,")
      #expect(report.codes == [] && report.added == 1)
      #expect(try await FindByName(platform.platform)("河湾", by: nil).found.count == 1)
      let other = try await platform.importRows(.villages, head + "大寺村,柳林镇,100,990121201200")
      #expect(other.codes == ["2 code_taken"])
    }
  }

  /// A new village does not begin before its township, whatever day the list is of.
  @Test func aVillageBeginsInItsTownship() async throws {
    try await with { platform in
      let report = try await platform.importRows(
        .villages, "村名,乡镇\n新立村,柳林镇", ImportMode(on: Day("2020-01-01")))
      #expect(report.codes == ["2 new_unit"])
      let days = try await platform.platform.database.read { connection in
        try connection.rows("select valid_from from units where name in ('柳林镇', '新立村')") {
          try $0.day(0)
        }
      }
      #expect(Set(days).count == 1)
    }
  }

  /// What was exported masked is not taken for a name.
  @Test func aMaskedListIsRefused() async throws {
    try await with { platform in
      try await platform.importRows(.villages, "村名,乡镇,人口,联系人\n河湾村,柳林镇,100,王五")
      let folder = ScratchFolder()
      defer { withExtendedLifetime(folder) {} }
      let path = folder("list.csv")
      try await ExportRegister(platform.platform)(.villages, to: path, language: .zh, by: nil)
      let report = try await RunImport(platform.platform)(
        .villages, file: path, mode: ImportMode(), by: nil)
      #expect(Set(report.diagnostics.map(\.code)) == [.maskedValue])
      #expect(!report.isSaved)
    }
  }

  /// The whole list of villages, written out and taken in, changes nothing.
  @Test func villagesOutAndIn() async throws {
    try await with { platform in
      try await platform.importRows(.villages, "村名,乡镇,人口\n河湾村,柳林镇,100")
      let folder = ScratchFolder()
      defer { withExtendedLifetime(folder) {} }
      let path = folder("list.xlsx")
      try await ExportRegister(platform.platform)(
        .villages, to: path, language: .zh, unmasked: true, by: nil)
      let report = try await RunImport(platform.platform)(
        .villages, file: path, mode: ImportMode(), by: nil)
      #expect((report.added, report.changed, report.hasErrors) == (0, 0, false))
    }
  }

  /// No official's name is anywhere in clear, not even where it is looked for.
  @Test(arguments: Engine.available)
  func theIndexHoldsNoNames(engine: Engine) async throws {
    try await with(engine) { platform in
      try await platform.importRows(
        .officials, "姓名,单位,轨道,手机号,籍贯\n欧阳锋,柳林镇,助企,13800000001,河湾村")
      for query in ["欧阳锋", "阳锋", "oyf", "锋"] {
        #expect(try await FindByName(platform.platform)(query, by: nil).found.count == 1)
      }
      let texts = try await platform.platform.database.read { connection in
        let terms =
          connection.dialect == .sqlite ? "terms" : "array_to_string(terms, ' ')"
        return try connection.rows(
          "select title, key, \(terms) from search_entries where kind = 'official'"
        ) { try $0.text(0) + $0.text(1) + $0.text(2) }
          + connection.rows("select name, home from officials") { try $0.text(0) + $0.text(1) }
      }
      #expect(!texts.joined().contains { "欧阳锋河湾村".contains($0) })
    }
  }

  /// Units from before there was an index are put into it.
  @Test(arguments: Engine.available)
  func anOlderDatabaseIsIndexed(engine: Engine) async throws {
    try await with(engine) { platform in
      let database = platform.platform.database
      try await database.write { connection in
        if connection.dialect == .sqlite {
          try connection.run("insert into search_terms (search_terms) values ('delete-all')")
        }
        try connection.run("delete from search_entries")
      }
      #expect(try await FindByName(platform.platform)("河湾", by: nil).found.isEmpty)
      try await IndexNames(database)()
      #expect(try await FindByName(platform.platform)("河湾", by: nil).found.count == 1)
      #expect(
        try await FindByName(platform.platform)("柳林镇 河湾村", by: nil).found.map(\.hit.title)
          == ["河湾村"])
    }
  }

  /// A successor is in use as long as something belongs to what it stands for.
  @Test func aSuccessorIsNotClosed() async throws {
    try await with { platform in
      platform.advance(days: 10)
      try await platform.importRows(.units, "名称,类型,上级\n甲局,部门,清河县\n乙局,部门,清河县")
      try await platform.importRows(
        .officials, "姓名,单位,轨道,手机号\n张三,甲局,助企,13800000001")
      platform.advance(days: 1)
      let find = FindUnit(platform.platform)
      let (gone, kept) = (try await find("甲局"), try await find("乙局"))
      try await ReorganiseUnits(platform.platform)(.merge(into: kept), of: gone, on: nil, by: nil)
      let preview = try await ReorganiseUnits(platform.platform).preview(
        .close, of: kept, on: nil, by: nil)
      #expect(preview.refusals == [.inUse])
      // And its people come again under the name of the unit that is.
      let again = try await platform.importRows(
        .officials, "姓名,单位,轨道,手机号\n张三,乙局,助企,13800000001")
      #expect(again.codes == [])
    }
  }

  /// A code is not given twice at one time, and its history is written forwards.
  @Test func codesHaveAPast() async throws {
    try await with { platform in
      platform.advance(days: 100)
      let town = try await FindUnit(platform.platform)("大寺乡")
      let today = platform.platform.now().day
      let reorganise = ReorganiseUnits(platform.platform)
      try await reorganise(
        .change(code: DivisionCode("990121202")), of: town, on: today, by: nil)
      let earlier = try await reorganise.preview(
        .change(code: DivisionCode("990121203")), of: town, on: today + -50, by: nil)
      #expect(earlier.refusals == [.beforeLastChange])
      let other = try await FindUnit(platform.platform)("柳林镇")
      let taken = try await reorganise.preview(
        .change(code: DivisionCode("990121201")), of: other, on: today + -50, by: nil)
      #expect(taken.refusals == [.codeTaken])
    }
  }

  /// A list of changes is done as a whole or not at all, and a name tells a wrong code.
  @Test(arguments: [
    ("撤销,990121201202,名字不对,,,", "name_differs"), ("撤销,990121777777,,,,", "unknown_unit"),
    (
      "变更,990121201202,南沟村,990121201202,南沟新村,\n2027-01-01,变更,990121201202,南沟村,990121201202,南沟社区,",
      "duplicate_in_file"
    ),
    ("变更,990121201202,南沟村,990121101209,南沟村,", "undecided"),
  ])
  func reorganisationsThatAreRefused(row: String, expected: String) async throws {
    try await with { platform in
      platform.advance(days: 100)
      let text =
        "生效日期,变更,原代码,原名称,新代码,新名称,确认\n2027-01-01,更名,990121201200,大寺村,990121201200,大寺新村,\n"
        + "2027-01-01," + row
      let report = try await platform.importRows(
        .reorganisations, text, ImportMode(acceptGoodRows: true))
      #expect(report.codes.contains { $0.hasSuffix(expected) } && !report.isSaved)
      #expect(try await FindByName(platform.platform)("大寺新村", by: nil).found.isEmpty)
    }
  }
}

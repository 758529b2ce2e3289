import Documents
import Domain
import Services
import Storage
import TestSupport
import Testing

/// Officials, enterprises and villages come in from spreadsheets (DOMAIN.md 10).
@Suite struct RegisterImportTests {
  private static let officials = "姓名,单位,轨道,手机号,身份证号,级别\n"

  private func withSample(
    _ engine: Engine = .sqlite, _ body: (TestPlatform) async throws -> Void
  ) async throws {
    try await engine.withSample { platform in
      try await body(platform)
      #expect(try await ReplayLedger(platform.platform)().differences == [])
    }
  }

  private func exported(
    _ platform: TestPlatform, _ kind: ExportKind, unmasked: Bool = true, by account: Account? = nil
  ) async throws -> [[String]] {
    let folder = ScratchFolder()
    let path = folder.path + "/list.csv"
    try await ExportRegister(platform.platform)(
      kind, to: path, language: .zh, unmasked: unmasked, by: account)
    return try TableFile.read(path: path).rows.map { row in
      row.cells.map { if case .text(let text) = $0 { text } else { "" } }
    }
  }

  @Test(arguments: Engine.available)
  func officials(engine: Engine) async throws {
    try await withSample(engine) { platform in
      // ID number of GB 11643's example; phones as people write them.
      let text =
        Self.officials
        + "张三,清河县水利局,助企,138 0000 0001,11010519491231002X,正科级\n"
        + "李四,柳林镇,帮村,13800000002,,副县级\n"
      let report = try await platform.importRows(.officials, text)
      #expect(report.codes == [] && report.added == 2)
      let again = try await platform.importRows(.officials, text)
      #expect((again.added, again.changed, again.unchanged) == (0, 0, 2))
      let rows = try await exported(platform, .officials)
      #expect(
        rows.contains {
          $0.prefix(5) == [
            "张三", "示例市/清河县/清河县水利局", "助企", "11010519491231002X", "13800000001",
          ]
        })
      // People move: the same person under another unit, with another post.
      let moved = try await platform.importRows(
        .officials, "姓名,单位,轨道,身份证号,职务\n张三,大寺乡,助企,11010519491231002X,乡长")
      #expect((moved.added, moved.changed) == (0, 1))
      let after = try await exported(platform, .officials)
      #expect(
        after.contains {
          $0.prefix(6) == [
            "张三", "示例市/清河县/大寺乡", "助企", "11010519491231002X", "13800000001", "乡长",
          ]
        })
    }
  }

  @Test(arguments: [
    ("张三,清河县水利局,助企,,,", ["2 no_identity"]),
    ("张三,清河县水利局,助企,1380,,", ["2 bad_phone"]),
    ("张三,清河县水利局,助企,,110105194912310021,", ["2 bad_resident_id"]),
    ("张三,清河县水利局,助企,,1.10105E+17,", ["2 digits_lost"]),
    ("张三,无此局,助企,13800000001,,", ["2 unknown_unit"]),
    ("张三,清河县水利局,渔业,13800000001,,", ["2 unknown_track"]),
    ("张三,清河县水利局,双线,13800000001,,正科级", ["2 both_tracks"]),
    ("张三,清河县水利局,双线,13800000001,,副厅级", []),
    (
      "张三,清河县水利局,助企,13800000001,,\n张三,清河县水利局,帮村,13800000001,,",
      ["2 both_tracks", "3 both_tracks"]
    ),
    (
      "张三,清河县水利局,助企,13800000001,,正厅级\n张三,清河县水利局,帮村,13800000001,,正厅级", []
    ),
    (
      "张三,清河县水利局,助企,13800000001,,\n张三,柳林镇,助企,13800000001,,",
      ["2 duplicate_in_file", "3 duplicate_in_file"]
    ),
    ("张三,清河县水利局,助企,138****0001,,", ["2 masked_value"]),
  ])
  func officialsThatAreRefused(rows: String, expected: [String]) async throws {
    try await withSample { platform in
      let report = try await platform.importRows(.officials, Self.officials + rows)
      #expect(report.codes == expected)
      #expect(report.isSaved == expected.isEmpty)
      #expect(try await exported(platform, .officials).count == (expected.isEmpty ? 2 : 1))
    }
  }

  /// Somebody of one track is not put into the other by a second list.
  @Test func tracksExcludeEachOther() async throws {
    try await withSample { platform in
      try await platform.importRows(
        .officials, Self.officials + "张三,柳林镇,助企,13800000001,,正科级")
      let second = try await platform.importRows(
        .officials, Self.officials + "张三,柳林镇,帮村,13800000001,,正科级")
      #expect(second.codes == ["2 both_tracks"])
    }
  }

  private static let enterprises = "企业名称,县区,乡镇,统一社会信用代码,联系人,联系电话,规模,行业\n"

  @Test(arguments: Engine.available)
  func enterprises(engine: Engine) async throws {
    try await withSample(engine) { platform in
      // Codes of DOMAIN.md 8: the last is a real firm's that fails the check.
      let text =
        Self.enterprises
        + "示例钢铁有限公司,清河县,柳林镇,91350100M000100Y43,王五,13900000001,大型,C31\n"
        + "示例纺织厂,清河县,,９１１１００００１０１６２３７４１ｋ,,,小型,纺织业\n"
        + "示例食品公司,清河县,,91350211M0000XUF46,,,,\n" + "创业团队,清河县,,,,,,\n"
      let report = try await platform.importRows(.enterprises, text)
      #expect(report.codes.filter { $0.hasPrefix("4") } == ["4 credit_code_check"])
      let again = try await platform.importRows(.enterprises, text)
      #expect((again.added, again.changed) == (0, 0))
    }
  }

  /// The name changes, the code stays: the old name is kept and found.
  @Test(arguments: Engine.available)
  func aFirmChangesItsName(engine: Engine) async throws {
    try await withSample(engine) { platform in
      try await platform.importRows(
        .enterprises, Self.enterprises + "旧名有限公司,清河县,,91350100M000100Y43,王五,13900000001,,")
      let report = try await platform.importRows(
        .enterprises, Self.enterprises + "新名有限公司,清河县,,91350100M000100Y43,赵六,13900000002,,")
      #expect(report.codes == ["2 renamed"] && report.changed == 1)
      let found = try await FindByName(platform.platform)("旧名", by: nil).found
      #expect(found.map(\.hit.title) == ["新名有限公司"])
      let row = try #require(await exported(platform, .enterprises).last)
      #expect(row[5] == "旧名有限公司" && row[11] == "赵六" && row[13] == "13900000002")
    }
  }

  @Test(arguments: [
    ("甲公司,清河县,,123,,,,", ["2 credit_code_form"]),
    ("甲公司,清河县,,9.1411E+17,,,,", ["2 digits_lost"]),
    ("甲公司,无此县,,,,,,", ["2 unknown_unit"]), ("甲公司,清河县,无此乡,,,,,", ["2 unknown_unit"]),
    ("甲公司,清河县,,,,,,Z99", ["2 unknown_industry"]), ("甲公司,清河县,,,,,巨型,", ["2 unknown_word"]),
    (
      "甲公司,清河县,,91350100M000100Y43,,,,\n乙公司,清河县,,91350100M000100Y43,,,,",
      ["2 duplicate_in_file", "3 duplicate_in_file"]
    ),
    (
      "清河食品有限公司,清河县,,,,,,\n清河食品有限责任公司,清河县,,,,,,", ["2 near_duplicate", "3 near_duplicate"]
    ),
    ("第一建筑公司,清河县,,,,,,\n第二建筑公司,清河县,,,,,,", []),
  ])
  func enterprisesThatAreTold(rows: String, expected: [String]) async throws {
    try await withSample { platform in
      let report = try await platform.importRows(.enterprises, Self.enterprises + rows)
      #expect(report.codes == expected)
      let isRefused = report.hasErrors
      #expect(try await exported(platform, .enterprises).count > 1 || isRefused)
    }
  }

  /// Duplicates are listed, and merged only by hand; the entry that goes keeps its history.
  @Test(arguments: Engine.available)
  func duplicatesAreMergedByHand(engine: Engine) async throws {
    try await withSample(engine) { platform in
      try await platform.importRows(
        .enterprises,
        Self.enterprises + "清河食品有限公司,清河县,,91350100M000100Y43,,,,\n清河食品有限责任公司,清河县,,,,,,")
      let pair = try #require(
        await ReviewDuplicates(platform.platform)(limit: 10, by: nil).pairs.first)
      let (kept, gone) =
        pair.first.enterprise.code == nil
        ? (pair.second.id, pair.first.id) : (pair.first.id, pair.second.id)
      try await MergeEnterprises(platform.platform)(gone, into: kept, by: nil)
      #expect(try await ReviewDuplicates(platform.platform)(limit: 10, by: nil).pairs.isEmpty)
      let found = try await FindByName(platform.platform)("有限责任公司", by: nil).found
      #expect(found.map(\.hit.id) == [kept.value] && found[0].hit.former == ["清河食品有限责任公司"])
      await #expect(throws: Enterprise.MergeRefusal.alreadyMerged) {
        try await MergeEnterprises(platform.platform)(gone, into: kept, by: nil)
      }
      let kinds = try await platform.platform.database.read { connection in
        try connection.rows(
          "select kind from ledger where stream = ?1 order by version",
          ["enterprise/\(gone.value)"]
        ) { try $0.text(0) }
      }
      #expect(kinds == ["enterprise.added", "enterprise.merged"])
    }
  }

  @Test(arguments: Engine.available)
  func villages(engine: Engine) async throws {
    try await withSample(engine) { platform in
      let text =
        "村名,乡镇,人口,户数,耕地面积（亩）,集体经济收入（万元）,联系人,联系电话\n"
        + "河湾村,柳林镇,\"1,234\",321,2345.67,12.5,王五,13900000001\n" + "新立村,大寺乡,100,30,,,,\n"
      let report = try await platform.importRows(.villages, text)
      #expect(report.codes == ["3 new_unit"] && report.added == 2)
      let again = try await platform.importRows(.villages, text)
      #expect((again.added, again.changed, again.unchanged) == (0, 0, 2))
      let row = try #require(await exported(platform, .villages).first { $0[0] == "河湾村" })
      #expect(row[5..<9] == ["1234", "321", "2345.67", "125000"])
      #expect(try await FindByName(platform.platform)("新立", by: nil).found.count == 1)
    }
  }

  /// What is exported can be imported again, and changes nothing.
  @Test(arguments: [ExportKind.units, .villages, .enterprises, .officials], ["csv", "xlsx"])
  func anExportIsAnImport(kind: ExportKind, form: String) async throws {
    try await withSample { platform in
      try await platform.importRows(
        .officials, Self.officials + "=张三,清河县水利局,助企,13800000001,11010519491231002X,正科级")
      try await platform.importRows(
        .enterprises,
        Self.enterprises + "-示例钢铁有限公司,清河县,柳林镇,91350100M000100Y43,王五,13900000001,大型,C31")
      try await platform.importRows(
        .villages, "村名,乡镇,人口,联系人,联系电话\n河湾村,柳林镇,1234,王五,13900000001")
      let folder = ScratchFolder()
      let path = "\(folder.path)/list.\(form)"
      let rows = try await ExportRegister(platform.platform)(
        kind, to: path, language: .zh, unmasked: true, by: nil)
      let report = try await RunImport(platform.platform)(
        ImportKind(rawValue: kind.rawValue)!, file: path, mode: ImportMode(), by: nil)
      #expect(report.diagnostics.filter { $0.severity == .error } == [])
      #expect(report.rows == rows)
      // Villages and townships that had no profile get one, by their names and codes.
      #expect(report.changed == 0 && (kind == .villages || report.added == 0))
    }
  }

  /// Phone and ID numbers are masked but for those who may see them, and who did is in the ledger.
  @Test(arguments: Engine.available)
  func exportsAreMasked(engine: Engine) async throws {
    try await withSample(engine) { platform in
      try await platform.importRows(
        .officials, Self.officials + "张三,清河县水利局,助企,13800000001,11010519491231002X,正科级")
      // Whoever may not export at all may not have them masked either.
      let handler = try await platform.account(.handler, unit: "示例市")
      for unmasked in [false, true] {
        await #expect(throws: UseCaseError.self) {
          try await exported(platform, .officials, unmasked: unmasked, by: handler)
        }
      }
      let office = try await platform.account(.office)
      let row = try #require(
        await exported(platform, .officials, unmasked: false, by: office).last)
      #expect(row[3] == "110***********002X" && row[4] == "138****0001")
      #expect(try await exported(platform, .officials, by: office).last?[4] == "13800000001")
      let told = try await platform.platform.database.read { connection in
        try connection.rows(
          "select actor, payload from ledger where kind = 'disclosure.exported' order by id"
        ) { "\(try $0.text(0)) \(try $0.text(1))" }
      }
      #expect(
        told == [
          #"\#(office.actor) {"content":"masked","register":"officials","rows":1}"#,
          #"\#(office.actor) {"content":"full","register":"officials","rows":1}"#,
        ])
    }
  }

  /// An account with a unit sees its subtree, and imports only there.
  @Test func nobodyWritesBeyondTheirSubtree() async throws {
    try await withSample { platform in
      try await platform.importRows(.divisions, "code,name\n990122000000,清江县")
      let office = try await platform.account(.countyOffice, unit: "示例市/清河县")
      let text = Self.enterprises + "甲公司,清江县,,,,,,"
      let refused = try await platform.importRows(.enterprises, text, by: office)
      #expect(refused.codes == ["2 outside_scope"])
      try await platform.importRows(.enterprises, text)
      #expect(try await exported(platform, .enterprises, by: office).count == 1)
      #expect(try await FindByName(platform.platform)("甲公司", by: office).found.isEmpty)
      #expect(try await FindByName(platform.platform)("甲公司", by: nil).found.count == 1)
    }
  }

  /// Neither tables nor ledger have a phone or ID number in clear, and who is erased is gone.
  @Test(arguments: Engine.available)
  func personalFieldsAreSealedAndErased(engine: Engine) async throws {
    try await withSample(engine) { platform in
      try await platform.importRows(
        .officials, Self.officials + "张三,清河县水利局,助企,13800000001,11010519491231002X,正科级")
      try await platform.importRows(
        .enterprises, Self.enterprises + "甲公司,清河县,,,王五,13900000001,,")
      let database = platform.platform.database
      let all = try await database.read { connection in
        var texts: [String] = []
        for (table, columns) in [
          ("ledger", ["payload"]), ("officials", ["name", "phone", "id_number"]),
          ("contacts", ["name", "phone"]),
        ] {
          for column in columns {
            texts += try connection.rows("select \(column) from \(table)") {
              try $0.optionalText(0) ?? ""
            }
          }
        }
        return texts.joined(separator: "\n")
      }
      for secret in ["13800000001", "11010519491231002X", "13900000001", "张三", "王五"] {
        #expect(!all.contains(secret))
      }
      let id = try #require(await FindByName(platform.platform)("张三", by: nil).found.first).hit.id
      try await EraseOfficial(platform.platform)(OfficialID(id), by: .system)
      #expect(try await FindByName(platform.platform)("张三", by: nil).found.isEmpty)
      #expect(try await exported(platform, .officials).count == 1)
      let erased = try await EraseContact(platform.platform)(
        PhoneNumber("13900000001")!, by: .system)
      #expect(erased == 1)
      // The same person may come again, as somebody new.
      let again = try await platform.importRows(
        .officials, Self.officials + "张三,清河县水利局,助企,13800000001,11010519491231002X,正科级")
      #expect(again.added == 1)
    }
  }
}

import Documents
import Domain
import Foundation
import Services
import Storage
import TestSupport
import Testing

@Suite struct ImportTests {
  private func run(
    _ platform: TestPlatform, _ kind: ImportKind, _ text: String, _ mode: ImportMode = ImportMode()
  ) async throws -> ImportReport {
    try await RunImport(platform.platform)(
      kind, Table(csv: Array(text.utf8)), mode: mode, by: nil)
  }

  private func codes(_ report: ImportReport) -> [String] {
    report.diagnostics.map { "\($0.row) \($0.code.rawValue)" }
  }

  /// `data/README.md`: 8 county-level, 105 township, 2,492 village rows, with province and city
  /// above; the placeholder 市辖区 is one of the 8 and becomes no unit.
  @Test(.enabled(if: sharedData != nil), arguments: Engine.available)
  func xuchang(engine: Engine) async throws {
    let file = try Data(
      contentsOf: URL(fileURLWithPath: sharedData! + "/divisions_xuchang_2021.csv"))
    try await engine.withDatabase { database in
      let platform = try await TestPlatform(database)
      let text = String(decoding: file, as: UTF8.self)
      let report = try await run(platform, .divisions, text)
      #expect(report.rows == 2607)
      #expect(report.added == 1 + 7 + 105 + 2492)
      #expect(report.skipped == 2)
      #expect(codes(report) == ["2 province_skipped", "4 placeholder_skipped"])
      let again = try await run(platform, .divisions, text)
      #expect((again.added, again.changed, again.unchanged) == (0, 0, 2605))
      let top = try await BrowseUnits(platform.platform)(nil)
      let city = try await BrowseUnits(platform.platform)(#require(top.children.first).id)
      #expect(top.children.map(\.name) == ["许昌市"])
      #expect(
        city.children.map(\.name) == [
          "魏都区", "建安区", "鄢陵县", "襄城县", "许昌经济技术开发区", "禹州市", "长葛市",
        ])
      #expect(try await VerifyLedger(platform.platform)().pending == 2605)
    }
  }

  @Test(arguments: Engine.available)
  func aBadRowRefusesTheFileUnlessAskedOtherwise(engine: Engine) async throws {
    try await engine.withDatabase { database in
      let platform = try await TestPlatform(database)
      let text = "名称,代码\n示例市,990100000000\n清河县,99012100000\n无县乡,990122001\n,990123000000\n"
      let expected = ["3 bad_code", "4 unknown_parent", "5 missing_value"]
      let refused = try await run(platform, .divisions, text)
      #expect(codes(refused) == expected)
      #expect(!refused.isSaved)
      #expect(try await BrowseUnits(platform.platform)(nil).children.isEmpty)
      #expect(try await VerifyLedger(platform.platform)().pending == 0)

      var mode = ImportMode(dryRun: true, acceptGoodRows: true)
      #expect(try await run(platform, .divisions, text, mode).added == 1)
      #expect(try await BrowseUnits(platform.platform)(nil).children.isEmpty)

      mode.dryRun = false
      let saved = try await run(platform, .divisions, text, mode)
      #expect((saved.isSaved, saved.added, saved.refusedRows) == (true, 1, 3))
      #expect(codes(saved) == expected)
      #expect(try await BrowseUnits(platform.platform)(nil).children.map(\.name) == ["示例市"])
    }
  }

  /// What is reported as refused is not saved.
  @Test(arguments: [
    "990100000000,示例市,多", "990100000000,甲\n990100000000,乙", "990100000000,",
  ])
  func refusedRowsAreNotAmongTheGoodOnes(rows: String) async throws {
    try await Engine.sqlite.withDatabase { database in
      let platform = try await TestPlatform(database)
      let report = try await run(
        platform, .divisions, "code,name\n" + rows, ImportMode(acceptGoodRows: true))
      #expect((report.added, report.refusedRows) == (0, report.rows))
      #expect(try await BrowseUnits(platform.platform)(nil).children.isEmpty)
    }
  }

  @Test(arguments: Engine.available)
  func aChangedNameIsRenamed(engine: Engine) async throws {
    try await engine.withDatabase { database in
      let platform = try await TestPlatform(database)
      _ = try await run(platform, .divisions, "code,name\n990100000000,示例市\n")
      let report = try await run(platform, .divisions, "code,name\n990100000000,新示例市\n")
      #expect((report.added, report.changed) == (0, 1))
      #expect(codes(report) == ["2 renamed"])
      let kinds = try await database.read { connection in
        try connection.rows("select kind from ledger order by id") { try $0.text(0) }
      }
      #expect(kinds == ["unit.created", "unit.changed"])
    }
  }

  @Test(arguments: [
    ("name\n示例市", ["1 missing_column"]),
    ("code,name,备注\n990100000000,示例市,好", ["1 unknown_column"]),
    ("code,name\n990100000000,示例市,多", ["2 extra_cells"]),
    ("code,name\n990100000000,示例市,,\n", []),
    ("code,name\n990100000000,甲\n990100000000,乙", ["2 duplicate_in_file", "3 duplicate_in_file"]),
    ("code,name,level,parent_code\n990100000000,甲,2,990000000000", []),
  ])
  func divisionFiles(text: String, expected: [String]) async throws {
    try await Engine.sqlite.withDatabase { database in
      let report = try await run(try await TestPlatform(database), .divisions, text)
      #expect(codes(report) == expected)
    }
  }

  @Test(arguments: [
    ("名称,类型,上级\n县粮食局,部门,清河县\n县粮食局,部门,清河县", []),
    ("名称,类型,上级\n清河县水利局,专班,清河县", ["2 kind_differs"]),
    ("名称,类型,上级\n合计,15,", ["2 total_skipped"]),
    ("名称,类型,上级\n甲,工厂,清河县", ["2 unknown_kind"]),
    ("名称,类型,上级\n甲,部门,无此县", ["2 unknown_parent"]),
    ("name,kind,parent\n甲,department,示例市/清河县\n乙,taskforce,990121000000", []),
  ])
  func unitFiles(text: String, expected: [String]) async throws {
    try await Engine.sqlite.withSample { platform in
      let report = try await run(platform, .units, text)
      #expect(codes(report) == expected)
    }
  }

  @Test(arguments: [
    ("village,路灯坏了,河湾村,2026-11-01", []), ("助企,贷款,某厂,2026-11-01", []),
    ("船,路灯坏了,河湾村,2026-11-01", ["2 unknown_track"]),
    ("village,路灯坏了,无此村,2026-11-01", ["2 unknown_unit"]),
    ("village,路灯坏了,河湾村,7月6日", ["2 bad_day"]),
    ("village,路灯坏了,河湾村,2027-01-01", ["2 future_day"]),
    ("village,,河湾村,", ["2 missing_value", "2 missing_value"]),
  ])
  func problemFiles(row: String, expected: [String]) async throws {
    try await Engine.sqlite.withSample { platform in
      let text = "track,title,concerns,found_on\n" + row
      let report = try await run(platform, .problems, text)
      #expect(codes(report) == expected)
      let again = try await run(platform, .problems, text)
      #expect(again.added == 0)
      #expect(again.unchanged == (expected.isEmpty ? 1 : 0))
    }
  }

  /// Names that would collide or could not be reached are told, row by row.
  @Test(arguments: [
    ("990121101200,石桥村\n990121101202,河湾村", ["2 renamed", "3 renamed"]),
    ("990121101200,石桥村", ["2 sibling_name"]), ("990121101200,河/湾村", ["2 bad_name"]),
    ("990121101209,\"河\n湾村\"", ["2 bad_name"]),
    ("990121101209,清河县", []),
  ])
  func divisionNames(rows: String, expected: [String]) async throws {
    try await Engine.sqlite.withSample { platform in
      let report = try await run(platform, .divisions, "code,name\n" + rows)
      #expect(codes(report) == expected)
    }
  }

  @Test func aHandlerImportsNothing() async throws {
    try await Engine.sqlite.withSample { platform in
      let handler = try await platform.account(.handler, unit: "清河县水利局")
      await #expect(throws: UseCaseError.self) {
        try await RunImport(platform.platform)(
          .problems, Table(csv: Array("track,title,concerns,found_on\n".utf8)), mode: ImportMode(),
          by: handler)
      }
    }
  }

  /// Two villages of one name: the path is asked for, and is enough.
  @Test func namesakes() async throws {
    try await Engine.sqlite.withSample { platform in
      let more = "code,name\n990121201203,河湾村"
      #expect(try await run(platform, .divisions, more).added == 1)
      let head = "track,title,concerns,found_on\n"
      let short = try await run(platform, .problems, head + "village,甲,河湾村,2026-11-01")
      #expect(codes(short) == ["2 ambiguous_unit"])
      let path = try await run(platform, .problems, head + "village,甲,大寺乡/河湾村,2026-11-01")
      #expect(path.added == 1)
    }
  }
}

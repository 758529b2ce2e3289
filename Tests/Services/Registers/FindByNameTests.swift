import Domain
import Services
import Storage
import TestSupport
import Testing

@Suite struct FindByNameTests {
  private static let firms =
    "企业名称,县区,统一社会信用代码\n许昌远东传动轴股份有限公司,清河县,91350100M000100Y43\n远东食品厂,清河县,\n清河远东商贸有限公司,清河县,\n"

  private func found(
    _ platform: TestPlatform, _ text: String, limit: Int = 20
  ) async throws -> [String] {
    try await FindByName(platform.platform)(text, limit: limit, by: nil).found.map(\.hit.title)
  }

  /// By fragment, one character, initials, code; the best first: what begins with it, the shorter.
  @Test(
    arguments: Engine.available,
    [
      ("远东", ["远东食品厂", "清河远东商贸有限公司", "许昌远东传动轴股份有限公司"]),
      ("传动", ["许昌远东传动轴股份有限公司"]), ("轴", ["许昌远东传动轴股份有限公司"]),
      ("xcyd", ["许昌远东传动轴股份有限公司"]), ("9135", ["许昌远东传动轴股份有限公司"]),
      ("远东 商贸", ["清河远东商贸有限公司"]), ("河湾村", ["河湾村"]), ("990121101200", ["河湾村"]),
      ("无此名", []), ("", []), ("%_'\"*", []), ("（远东）食品", ["远东食品厂"]),
    ])
  func whatIsFound(engine: Engine, query: (text: String, expected: [String])) async throws {
    try await engine.withSample { platform in
      try await platform.importRows(.enterprises, Self.firms)
      #expect(try await found(platform, query.text) == query.expected)
    }
  }

  @Test(arguments: Engine.available)
  func aLimitIsTold(engine: Engine) async throws {
    try await engine.withSample { platform in
      try await platform.importRows(.enterprises, Self.firms)
      let answer = try await FindByName(platform.platform)("远东", limit: 2, by: nil)
      #expect(answer.found.count == 2 && answer.hasMore)
    }
  }

  /// Beyond the small subtrees that are read through, the full-text index answers; the answers are the
  /// same.
  @Test(arguments: Engine.available)
  func aLargeTree(engine: Engine) async throws {
    try await engine.withSample { platform in
      var rows = Self.firms
      for n in 0..<4500 { rows += "批量第\(n)号有限公司,清河县,\n" }
      let report = try await platform.importRows(.enterprises, rows)
      #expect(report.added == 4503)
      #expect(try await found(platform, "传动") == ["许昌远东传动轴股份有限公司"])
      #expect(try await found(platform, "xcyd") == ["许昌远东传动轴股份有限公司"])
      #expect(try await found(platform, "远东").first == "远东食品厂")
      #expect(try await found(platform, "第4321号") == ["批量第4321号有限公司"])
      #expect(try await found(platform, "公司", limit: 5).count == 5)
      // Renamed things are found by their new name at once, merged ones no more.
      let id = try await FindUnit(platform.platform)("石桥村")
      platform.advance(days: 1)
      try await ReorganiseUnits(platform.platform)(
        .change(name: "新石桥村"), of: id, on: nil, by: nil)
      #expect(try await found(platform, "新石桥") == ["新石桥村"])
    }
  }
}

import API
import Domain
import Services
import TestSupport
import Testing

/// Figures as programs ask for them, and the problems behind a number.
@Suite struct FigureEndpointTests {
  private static let november = "from=2026-11-01&to=2026-11-30"

  @Test(arguments: Engine.available)
  func everyNumberHasItsProblems(engine: Engine) async throws {
    try await engine.withSample { test in
      let client = try APIClient(test)
      let office = try await test.account(.office)
      let codes = try await client.get("/figures", as: office).json["items"].array?
        .compactMap { $0["code"].text }
      #expect(codes == test.platform.definitions.figures.map(\.code))
      let answer = try await client.get(
        "/figures/found_count?\(Self.november)&by=county", as: office)
      #expect(answer.status == 200)
      let total = try #require(answer.json["total"]["denominator"].int)
      // The sample has six problems of November 2026.
      #expect(total == 6)
      let groups = answer.json["groups"].array ?? []
      #expect(groups.compactMap { $0["tally"]["denominator"].int }.reduce(0, +) == total)
      #expect(groups.contains { $0["name"]["zh"].text == "清河县" })
      #expect(try await problems(client, office) == 6)
      let flow = try await client.get("/flow?\(Self.november)", as: office)
      #expect(flow.json["items"].array?.count == 5)
    }
  }

  /// How many there are behind the number, two at a time; none twice.
  private func problems(_ client: APIClient, _ account: Account) async throws -> Int {
    let path = "/figures/found_count/problems?\(Self.november)&limit=2"
    var (seen, after): ([String], String?) = ([], nil)
    repeat {
      let page = try await client.get(path + (after.map { "&after=\($0)" } ?? ""), as: account)
      #expect(page.status == 200)
      seen += (page.json["items"].array ?? []).compactMap { $0["problem"]["id"].text }
      after = page.json["next"].text
    } while after != nil && seen.count < 20
    #expect(Set(seen).count == seen.count)
    return seen.count
  }

  @Test func whatCannotBeAsked() async throws {
    try await Engine.sqlite.withSample { test in
      let client = try APIClient(test)
      let county = try await test.account(.countyOffice, unit: "示例市/清河县")
      try await test.importRows(.divisions, "code,name\n990122000000,清江县")
      let other = try await FindUnit(test.platform)("示例市/清江县")
      for (path, status) in [
        ("/figures/nonsense", 404), ("/figures/found_count?area=\(other)", 404),
        ("/figures/found_count?as_of=tomorrow", 422),
        ("/figures/found_count?from=2026-11-30&to=2026-11-01", 422),
        ("/figures/found_count?by=mood", 400), ("/figures/found_count/problems?slice=x", 422),
        ("/figures/found_count/problems?after=17", 422), ("/map/17/outlines", 404),
      ] {
        #expect(try await client.get(path, as: county).status == status, "\(path)")
      }
      let clerk = try await test.account(.villageClerk, unit: "河湾村")
      #expect(try await client.get("/figures/found_count", as: clerk).status == 403)
      let city = try await FindUnit(test.platform)("示例市")
      #expect(try await client.get("/map/\(city)/outlines", as: clerk).status == 200)
    }
  }
}

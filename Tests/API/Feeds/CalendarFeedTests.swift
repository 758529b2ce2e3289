import API
import Cryptography
import Domain
import Foundation
import HTTPTypes
import Services
import Storage
import TestSupport
import Testing

@Suite struct CalendarFeedTests {
  private func browser(_ test: TestPlatform, url: String? = nil) throws -> Browser {
    try Browser(
      test.platform, programs: [CalendarFeed(test.platform, .shipped(), url: url)])
  }

  private func path(_ token: SecretToken) -> String { "/feeds/calendar/\(token.text).ics" }

  private func register(_ test: TestPlatform, by office: Account) async throws -> Problem {
    let id = try await RegisterProblem(test.platform)(
      Registration(
        track: "village", title: "路灯坏了", detail: "老王家门口，电话不通",
        concerns: "示例市/清河县/柳林镇/河湾村", foundOn: "2026-11-20"), by: office)
    return try await ShowProblem(test.platform)(id, for: office).problem
  }

  @Test(arguments: Engine.available)
  func onesOwnDeadlines(engine: Engine) async throws {
    try await engine.withSample { test in
      let office = try await test.account(.office)
      let handler = try await test.account(.handler, unit: "清河县水利局")
      let problem = try await register(test, by: office)
      let act = ActOnProblem(test.platform)
      _ = try await act(
        .command(
          .judge(category: "infrastructure", difficulty: .general, tier: "", note: "")),
        on: problem.id, seen: nil, by: office)
      _ = try await act(
        .assign(.init(unit: "清河县水利局")), on: problem.id, seen: nil, by: office)
      let token = try await FeedAddresses(test.platform).make(for: handler)
      let browser = try browser(test, url: "https://lianbang.example")
      let page = try await browser.get(path(token))
      #expect(page.status == 200)
      #expect(page.headers[.contentType] == "text/calendar; charset=utf-8")
      let text = page.text.replacing("\r\n ", with: "")
      let due = try await ShowTasks(test.platform)(for: handler, limit: 500)
        .filter { $0.due != nil }
      #expect(due.map(\.problem) == [problem.id])
      let events = text.split(separator: "BEGIN:VEVENT").count - 1
      #expect(events == due.count)
      #expect(text.contains("第 \(problem.registration.number) 号 路灯坏了"))
      #expect(text.contains("URL:https://lianbang.example/problems/\(problem.id.value)\r\n"))
      // What is the matter is for the page, behind a password.
      #expect(!text.contains("老王"))
      #expect(page.headers[.setCookie] == nil)

      let tag = try #require(page.headers[.eTag])
      let again = try await browser.send(
        .get, path(token), body: "", headers: [.ifNoneMatch: "W/\(tag)", .acceptLanguage: "zh"])
      #expect(again.status == 304 && again.size == 0)
    }
  }

  @Test(arguments: Engine.available)
  func addressesEnd(engine: Engine) async throws {
    try await engine.withSample { test in
      let office = try await test.account(.office)
      let other = try await test.account(.office)
      let addresses = FeedAddresses(test.platform)
      let token = try await addresses.make(for: office)
      let browser = try browser(test)
      #expect(try await browser.get(path(token)).status == 200)
      let line = try #require(try await addresses.list(of: office).first)
      await #expect(throws: UseCaseError.self) { try await addresses.end(line.id, of: other) }
      #expect(try await browser.get(path(token)).status == 200)
      try await addresses.end(line.id, of: office)
      #expect(try await browser.get(path(token)).status == 404)

      let second = try await addresses.make(for: office)
      let system = try await test.account(.systemAdministrator)
      try await CloseAccount(test.platform)(office.id, by: system)
      #expect(try await browser.get(path(second)).status == 404)
      #expect(try await addresses.list(of: office).isEmpty)
    }
  }

  @Test(arguments: [
    "/feeds/calendar/lbf_x.ics", "/feeds/calendar/x", "/feeds/calendar/.ics",
    "/feeds/calendar/lbf_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.ics",
  ])
  func addressesThatAreNone(path: String) async throws {
    try await Engine.sqlite.withSample { test in
      let page = try await browser(test).get(path)
      #expect(page.status == 404 && page.headers[.setCookie] == nil)
    }
  }

  /// A session is no address, and an address no session and no token.
  @Test func anAddressOpensNothingElse() async throws {
    try await Engine.sqlite.withSample { test in
      let office = try await test.account(.office)
      let token = try await FeedAddresses(test.platform).make(for: office)
      #expect(try await UseToken(test.platform)(token, from: nil) == nil)
      let browser = try browser(test)
      browser.cookies["lianbang_session"] = token.text
      #expect(try await browser.get("/problems").status == 303)
    }
  }

  /// Whoever is visited, and whoever visits, has the visit; another enterprise has not.
  @Test(arguments: Engine.available)
  func visitsOfBothSides(engine: Engine) async throws {
    try await engine.withSample { test in
      let world = try await RegisterWorld(test)
      let mill = try await world.enterprise("清河面粉有限公司")
      let water = try await FindUnit(test.platform)("清河县水利局")
      let day = test.platform.now().day + 7
      let visit = Visit(
        enterprise: mill, visitor: Visit.Visitor(unit: water), date: VisitDate(day, .morning),
        kind: .call, purpose: "了解用水难处")
      let now = test.platform.now()
      try await test.platform.database.write {
        _ = try VisitRows.add(visit, at: now, by: .system, in: $0)
      }
      let handler = try await test.account(.handler, unit: "清河县水利局")
      let own = try await test.account(.enterprise, enterprise: mill)
      let stranger = try await test.account(
        .enterprise, enterprise: try await world.enterprise("白塔陶瓷厂"))
      let browser = try browser(test)
      let date = day.description.filter { $0 != "-" }
      for (account, name) in [
        (handler, "走访（上午）：清河面粉有限公司"), (own, "走访（上午）：示例市/清河县/清河县水利局"), (stranger, nil),
      ] {
        let token = try await FeedAddresses(test.platform).make(for: account)
        let text = try await browser.get(path(token)).text.replacing("\r\n ", with: "")
        #expect(text.contains("DTSTART;VALUE=DATE:\(date)") == (name != nil))
        if let name { #expect(text.contains("SUMMARY:\(name)\r\n")) }
        #expect(!text.contains("了解用水难处"))
      }
    }
  }

  @Test(arguments: Engine.available)
  func addressesAreFewAndNotStored(engine: Engine) async throws {
    try await engine.withSample { test in
      let office = try await test.account(.office)
      let addresses = FeedAddresses(test.platform)
      var tokens: [SecretToken] = []
      for _ in 0..<FeedAddresses.most { tokens.append(try await addresses.make(for: office)) }
      await #expect(throws: FeedAddresses.Refusal.self) { try await addresses.make(for: office) }
      let kept = try await test.platform.database.read {
        try $0.rows("select token_hash from feed_addresses") { try $0.bytes(0) }
      }
      #expect(Set(kept) == Set(tokens.map(\.hash.bytes)))
      // The ledger knows as little of them as of sessions: it replays without them.
      #expect(try await ReplayLedger(test.platform)().differences.isEmpty)
    }
  }
}

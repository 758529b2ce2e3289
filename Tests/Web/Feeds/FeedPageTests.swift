import Domain
import Services
import TestSupport
import Testing
import Web

@Suite struct FeedPageTests {
  @Test(arguments: Engine.available)
  func anAddressIsShownOnce(engine: Engine) async throws {
    try await engine.withSample { platform in
      let browser = try await platform.browser()
      #expect(try await browser.get("/account").text.contains("href=\"/account/feeds\""))
      #expect(try await browser.get("/account/feeds").text.contains("还没有订阅地址"))
      let made = try await browser.post("/account/feeds", [:])
      #expect(made.status == 200)
      let address = try #require(
        made.text.firstMatch(
          of: #/value="(http:\/\/localhost)?(\/feeds\/calendar\/lbf_[A-Za-z0-9_-]{43}\.ics)"/#))
      let shown = try await browser.get("/account/feeds")
      #expect(shown.status == 200 && !shown.text.contains(address.2))
      let removal = try #require(
        shown.text.firstMatch(of: #/action="(\/account\/feeds\/[0-9]+\/removal)"/#))
      let stranger = try await platform.browser(username: "li.si")
      #expect(try await stranger.post(String(removal.1), [:]).status == 404)
      #expect(try await browser.post(String(removal.1), [:]).status == 303)
      #expect(try await browser.get("/account/feeds").text.contains("还没有订阅地址"))
    }
  }

  @Test func thereAreFew() async throws {
    try await Engine.sqlite.withSample { platform in
      let browser = try await platform.browser()
      for _ in 0..<FeedAddresses.most {
        #expect(try await browser.post("/account/feeds", [:]).status == 200)
      }
      let refused = try await browser.post("/account/feeds", [:])
      #expect(refused.status == 422 && refused.text.contains("最多 5 个"))
    }
  }

  /// They have no deadlines.
  @Test func administratorsHaveNone() async throws {
    try await Engine.sqlite.withSample { platform in
      let browser = try await platform.browser(.systemAdministrator)
      #expect(try await browser.get("/account/feeds").status == 403)
      #expect(!(try await browser.get("/account").text.contains("/account/feeds")))
    }
  }
}

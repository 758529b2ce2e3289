import HTTPTypes
import TestSupport
import Testing

@testable import Web

@Suite struct WallTests {
  /// The wall asks every minute; while nothing has changed the answer is one line.
  @Test func theWallIsSentOnce() async throws {
    try await Engine.sqlite.withSample { test in
      let browser = try Browser(test.platform)
      let page = try await browser.get(Route.styleguideWall.path)
      let tag = try #require(page.headers[.eTag])
      #expect(page.text.contains("data-tag=\"\(escaped(tag))\""))
      #expect(page.text.contains("class=\"overdue\">36<"))
      let again = try await browser.send(
        .get, Route.styleguideWall.path, body: "",
        headers: [.ifNoneMatch: tag, .acceptLanguage: "zh"])
      #expect(again.status == 304)
    }
  }
}

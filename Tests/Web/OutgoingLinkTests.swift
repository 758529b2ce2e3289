import Domain
import TestSupport
import Testing
import Web

/// Links that leave the site name the place that was configured, whatever a request says it reached.
@Suite struct OutgoingLinkTests {
  @Test(arguments: [
    ("https://lianbang.example/", "evil.example", "https://lianbang.example/invitation/"),
    ("https://lianbang.example", "localhost:8080", "https://lianbang.example/invitation/"),
    (nil, "localhost:8080", "http://localhost:8080/invitation/"),
    (nil, "127.0.0.1", "http://127.0.0.1/invitation/"),
    (nil, "[::1]:8080", "http://[::1]:8080/invitation/"),
    (nil, "evil.example", "\"/invitation/"), (nil, "localhost.evil.example", "\"/invitation/"),
    (nil, "127.0.0.1:80@evil.example", "\"/invitation/"),
  ])
  func theHostIsNotBelieved(url: String?, host: String, link: String) async throws {
    try await Engine.sqlite.withSample { platform in
      let signedIn = try await platform.browser(.systemAdministrator)
      let browser = try Browser(platform.platform, url: url)
      browser.cookies = signedIn.cookies
      browser.host = host
      let page = try await browser.post(
        "/accounts", ["role": "office", "name": "李四", "phone": ""])
      #expect(page.text.contains(link) && !page.text.contains("evil"))
    }
  }
}

import Domain
import HTTP
import HTTPTypes
import TestSupport
import Testing
import Web

/// What protects a page besides its content.
@Suite struct HeaderTests {
  private static let site = HTTPField.Name("Sec-Fetch-Site")!

  /// Also on what answers before anybody is asked who they are.
  @Test func everyAnswerCarriesThem() async throws {
    try await Engine.sqlite.withSample { platform in
      let browser = try await platform.browser()
      let page = try await browser.get("/problems")
      let assets = page.text.split(separator: "\"").filter { $0.hasPrefix("/assets/") }
      #expect(assets.count >= 4)
      for path in [
        "/problems", "/nothing", "/health", "/metrics", "/ready", "/", "/problems?state=x",
      ]
        + assets.map(String.init)
      {
        let answer = try await browser.get(path)
        let policy = try #require(answer.headers[.contentSecurityPolicy], "\(path)")
        #expect(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "\(path)")
        #expect(answer.headers[.xContentTypeOptions] == "nosniff", "\(path)")
        #expect(answer.headers[.cacheControl]?.isEmpty == false, "\(path)")
      }
    }
  }

  /// A right token is not enough where the browser itself says that the form was elsewhere.
  @Test(
    arguments: [
      ([site: "cross-site"], 403), ([site: "same-site"], 403), ([site: "same-origin"], 422),
      ([site: "none"], 422), ([.origin: "https://evil.example"], 403), ([.origin: "null"], 403),
      ([.origin: "https://localhost:8443"], 422), ([.origin: "http://[::1]:80"], 403),
      ([site: "same-origin", .origin: "https://evil.example"], 422), ([:], 422),
    ] as [(HTTPFields, Int)])
  func formsFromElsewhere(headers: HTTPFields, status: Int) async throws {
    try await Engine.sqlite.withSample { platform in
      let browser = try await platform.browser()
      let token = try #require(try await browser.get("/problems/new").hidden("form_token"))
      var headers = headers
      headers[.contentType] = "application/x-www-form-urlencoded"
      let answer = try await browser.send(
        .post, "/problems", body: "form_token=\(token)", headers: headers)
      #expect(answer.status == status)
    }
  }
}

import API
import Cryptography
import Domain
import Foundation
import HTTP
import HTTPTypes
import Services
import Storage
import TestSupport
import Testing
import Web

/// A program that speaks Open311 with a platform in this process.
struct Open311Client {
  let test: TestPlatform
  let browser: Browser

  init(
    _ test: TestPlatform, isPublic: Bool = false, url: String? = nil, perMinute: Int = 100_000
  ) throws {
    self.test = test
    browser = try Browser(
      test.platform,
      programs: [
        Open311Routes(
          test.platform, .shipped(), RateLimits(perMinute: perMinute), isPublic: isPublic, url: url)
      ])
  }

  func key(for account: Account, _ scopes: String = "problems:write") async throws -> String {
    try await MakeToken(test.platform)(
      MakeToken.Order(name: "市民应用", days: 30, scopes: TokenScope.all(in: scopes)!),
      for: account.id
    ).token.text
  }

  /// - Parameter path: after `/open311/v2/`.
  func get(_ path: String, key: String? = nil) async throws -> Browser.Page {
    let header = key.map { [HTTPField.Name.authorization: "Bearer \($0)"] } ?? HTTPFields()
    return try await browser.send(.get, "/open311/v2/" + path, body: "", headers: header)
  }

  func post(
    _ fields: [(String, String)], to path: String = "requests.json", headers: HTTPFields = [:]
  ) async throws -> Browser.Page {
    var allowed = CharacterSet.alphanumerics
    allowed.insert(charactersIn: "-._")
    let body = fields.map { name, value in
      [name, value].map { $0.addingPercentEncoding(withAllowedCharacters: allowed)! }
        .joined(separator: "=")
    }.joined(separator: "&")
    return try await send(body, to: path, headers: headers)
  }

  func send(
    _ body: String, to path: String = "requests.json",
    type: String = "application/x-www-form-urlencoded; charset=utf-8", headers: HTTPFields = [:]
  ) async throws -> Browser.Page {
    var headers = headers
    headers[.contentType] = type
    return try await browser.send(.post, "/open311/v2/" + path, body: body, headers: headers)
  }
}

extension MessageWords {
  /// The texts that are shipped.
  static func shipped() throws -> MessageWords {
    let resources = TestPlatform.root + "/Resources"
    let (zh, en) = (
      try Catalogue(.zh, resources: resources), try Catalogue(.en, resources: resources)
    )
    return MessageWords { key, arguments, language in
      (language == "en" ? en : zh).text(key, arguments)
    }
  }
}

extension Browser.Page {
  /// The answer as JSON reads it, without an order of its fields.
  func json() throws -> NSObject {
    try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
        as? NSObject)
  }

  func objects() throws -> [[String: Any]] { try #require(json() as? [[String: Any]]) }
}

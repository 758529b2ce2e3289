import API
import Cryptography
import Domain
import Foundation
import HTTP
import HTTPTypes
import Hummingbird
import Services
import Storage
import Synchronization
import TestSupport
import Testing

/// A program for tests: asks the router in this process with a token, and holds every answer against what the
/// document promises.
struct APIClient {
  struct Answer {
    let status: Int
    let headers: HTTPFields
    let text: String
    /// Null where it is no JSON.
    let json: JSON

    var code: String? { json["code"].text }
    var reasons: [String] { (json["reasons"].array ?? []).compactMap { $0["code"].text } }
    /// `/title too_long`
    var faults: [String] {
      (json["faults"].array ?? []).map {
        "\($0["pointer"].text ?? "") \($0["code"].text ?? "")"
      }
    }
    var tag: String { headers[.eTag] ?? "" }
  }

  let test: TestPlatform
  let routes: APIRoutes
  private let browser: Browser
  private let tokens = Tokens()

  private final class Tokens: Sendable {
    let kept = Mutex<[AccountID: SecretToken]>([:])
  }

  static let texts: [Language: Catalogue] = Dictionary(
    uniqueKeysWithValues: Language.allCases.map {
      ($0, try! Catalogue($0, resources: TestPlatform.root + "/Resources"))
    })

  init(
    _ test: TestPlatform, perMinute: Int = 100_000, files: String = "/dev/null/attachments"
  ) throws {
    self.test = test
    routes = APIRoutes(
      platform: test.platform,
      store: AttachmentStore(folder: files, vault: test.platform.vault), texts: Self.texts,
      limits: RateLimits(perMinute: perMinute))
    let router = Router(context: AppContext.self, options: .autoGenerateHeadEndpoints)
    routes.addRoutes(to: router)
    browser = Browser(router: router)
  }

  // MARK: Asking

  func get(
    _ path: String, as account: Account?, headers: HTTPFields = [:]
  ) async throws -> Answer {
    try await ask(.get, path, nil, as: account, headers)
  }

  func post(
    _ path: String, body: JSON? = nil, as account: Account?, headers: HTTPFields = [:]
  ) async throws -> Answer {
    try await ask(.post, path, body, as: account, headers)
  }

  func put(
    _ path: String, body: JSON? = nil, as account: Account?, headers: HTTPFields = [:]
  ) async throws -> Answer {
    try await ask(.put, path, body, as: account, headers)
  }

  func patch(
    _ path: String, body: JSON? = nil, as account: Account?, headers: HTTPFields = [:]
  ) async throws -> Answer {
    try await ask(.patch, path, body, as: account, headers)
  }

  func delete(
    _ path: String, as account: Account?, headers: HTTPFields = [:]
  ) async throws -> Answer {
    try await ask(.delete, path, nil, as: account, headers)
  }

  func ask(
    _ method: HTTPRequest.Method, _ path: String, _ body: JSON?, as account: Account?,
    _ headers: HTTPFields = [:]
  ) async throws -> Answer {
    var headers = headers
    if body != nil { headers[.contentType] = "application/json" }
    return try await send(
      method, path, bytes: Array((body?.written ?? "").utf8), as: account, headers)
  }

  /// Whatever bytes, such as a file or what is no JSON.
  func send(
    _ method: HTTPRequest.Method, _ path: String, bytes: [UInt8], as account: Account?,
    _ headers: HTTPFields = [:]
  ) async throws -> Answer {
    var headers = headers
    if headers[.acceptLanguage] == nil { headers[.acceptLanguage] = "en" }
    if let account { headers[.authorization] = "Bearer \(try await token(of: account).text)" }
    let page = try await browser.send(
      method, APIRoutes.root + path, body: bytes, headers: headers)
    let json = (try? JSON(reading: Array(page.text.utf8))) ?? .null
    let answer = Answer(status: page.status, headers: page.headers, text: page.text, json: json)
    check(answer, method, path)
    return answer
  }

  /// With every scope that is open to the role.
  func token(of account: Account) async throws -> SecretToken {
    if let known = tokens.kept.withLock({ $0[account.id] }) { return known }
    let made = try await MakeToken(test.platform).withAllScopes(
      name: "程序", days: 1, for: account.id
    ).token
    tokens.kept.withLock { $0[account.id] = made }
    return made
  }

  func token(of account: Account, _ scopes: Set<TokenScope>) async throws -> SecretToken {
    try await MakeToken(test.platform)(
      .init(name: "程序", days: 1, scopes: scopes), for: account.id
    ).token
  }

  // MARK: What is promised

  private func check(_ answer: Answer, _ method: HTTPRequest.Method, _ path: String) {
    let plain = String(path.prefix { $0 != "?" })
    guard let endpoint = endpoint(method, plain) else { return }
    let place = "\(method.rawValue) \(path): \(answer.status) \(answer.text.prefix(400))"
    #expect(answer.status < 500, "\(place)")
    if (200..<300).contains(answer.status) || answer.status == 304 {
      #expect((answer.headers[.eTag] != nil) == (endpoint.versions != .none), "\(place)")
    }
    if answer.status == endpoint.answer.status.code {
      guard case .json(_, let schema) = endpoint.answer else { return }
      let isWhole = !path.contains("fields=")
      let faults = Schema.object(isWhole ? schema.whole : schema).faults(answer.json)
      #expect(faults.isEmpty, "\(faults.prefix(5)) \(place)")
    } else {
      #expect(endpoint.refusals.contains(answer.status), "undocumented: \(place)")
      if answer.status == 304 { return }
      #expect(answer.headers[.contentType] == APIError.type, "\(place)")
      let faults = Schema.object(APIError.schema).faults(answer.json)
      #expect(faults.isEmpty, "\(faults) \(place)")
    }
  }

  private func endpoint(_ method: HTTPRequest.Method, _ path: String) -> Endpoint? {
    let parts = path.split(separator: "/")
    return routes.endpoints.filter { endpoint in
      let own = endpoint.path.split(separator: "/")
      return endpoint.method == method && own.count == parts.count
        && zip(own, parts).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
    }.min { $0.placeNames.count < $1.placeNames.count }
  }
}

extension ObjectSchema {
  /// With all that it may have.
  fileprivate var whole: ObjectSchema {
    ObjectSchema(name, members.map { .init($0.name, $0.schema.whole) })
  }
}

extension Schema {
  fileprivate var whole: Schema {
    switch self {
    case .object(let object): .object(object.whole)
    case .list(let item, let least, let most): .list(item.whole, least: least, most: most)
    case .nullable(let inner): .nullable(inner.whole)
    default: self
    }
  }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
  package init(stringLiteral value: String) { self = .text(value) }
  package init(integerLiteral value: Int64) { self = .int(value) }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(arrayLiteral elements: JSON...) { self = .array(elements) }
  package init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(Dictionary(uniqueKeysWithValues: elements))
  }
  package init(nilLiteral: ()) { self = .null }

  var written: String {
    var writer = JSONWriter()
    write(to: &writer)
    return String(buffer: writer.buffer)
  }

  private func write(to writer: inout JSONWriter) {
    switch self {
    case .object(let members):
      writer.object { writer in
        for (name, value) in members.sorted(by: { $0.key < $1.key }) {
          writer.key(name)
          value.write(to: &writer)
        }
      }
    case .array(let items): writer.array { for item in items { item.write(to: &$0) } }
    case .text(let text): writer.text(text)
    case .int(let value): writer.int(value)
    case .number(let value): writer.number(value)
    case .bool(let value): writer.bool(value)
    case .null: writer.null()
    }
  }
}

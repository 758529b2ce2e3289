import Foundation
import HTTP
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
import Services
import Web

/// A browser for tests: asks the router in this process, keeps cookies, fills in forms.
package final class Browser {
  package struct Page {
    package let status: Int
    package let headers: HTTPFields
    package let text: String

    package var location: String { headers[.location] ?? "" }

    /// The value of a hidden field of the page's first form that has it.
    package func hidden(_ name: String) -> String? {
      guard let start = text.range(of: "name=\"\(name)\" value=\"") else { return nil }
      return String(text[start.upperBound...].prefix { $0 != "\"" })
    }
  }

  private let responder: RouterResponder<AppContext>
  package var cookies: [String: String] = [:]

  package init(_ platform: Platform) throws {
    let root = TestPlatform.root
    let site = try Site(
      platform: platform, views: Views(resources: root + "/Resources"),
      assets: Assets(root: root + "/Public", names: Site.assetNames), secureCookies: false)
    responder = site.makeRouter().buildResponder()
  }

  package func get(_ path: String, language: String = "zh") async throws -> Page {
    try await send(.get, path, body: "", headers: [.acceptLanguage: language])
  }

  /// Sends a form with the token of this session, as its pages do.
  package func post(_ path: String, _ fields: [String: String]) async throws -> Page {
    var fields = fields
    if fields[FormData.tokenField] == nil {
      fields[FormData.tokenField] = try await get("/sign-in").hidden(FormData.tokenField)
    }
    var allowed = CharacterSet.alphanumerics
    allowed.insert(charactersIn: "-._")
    let body = fields.map { name, value in
      name + "=" + value.addingPercentEncoding(withAllowedCharacters: allowed)!
    }.joined(separator: "&")
    return try await send(
      .post, path, body: body, headers: [.contentType: "application/x-www-form-urlencoded"])
  }

  package func send(
    _ method: HTTPRequest.Method, _ path: String, body: String, headers: HTTPFields = [:]
  ) async throws -> Page {
    var head = HTTPRequest(
      method: method, scheme: "http", authority: "localhost", path: path, headerFields: headers)
    head.headerFields[.contentLength] = String(body.utf8.count)
    head.headerFields[.cookie] = cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
    let request = Request(head: head, body: RequestBody(buffer: ByteBuffer(string: body)))
    let context = AppContext(
      source: .init(
        channel: EmbeddedChannel(),
        logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })))
    let response = try await responder.respond(to: request, context: context)
    for cookie in response.headers[values: .setCookie] {
      let pair = cookie.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
      cookies[String(pair[0])] = String(pair[1])
    }
    let writer = Collector()
    try await response.body.write(writer)
    return Page(
      status: response.status.code, headers: response.headers, text: String(buffer: writer.buffer))
  }
}

private final class Collector: ResponseBodyWriter {
  var buffer = ByteBuffer()

  func write(_ more: ByteBuffer) async throws {
    var more = more
    buffer.writeBuffer(&more)
  }

  func finish(_ trailingHeaders: HTTPFields?) async throws {}
}

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
    /// Bytes of the body.
    package let size: Int

    package var location: String { headers[.location] ?? "" }

    /// The value of a hidden field of the page's first form that has it.
    package func hidden(_ name: String) -> String? {
      guard let start = text.range(of: "name=\"\(name)\" value=\"") else { return nil }
      return String(text[start.upperBound...].prefix { $0 != "\"" })
    }
  }

  private let responder: RouterResponder<AppContext>
  package var cookies: [String: String] = [:]

  /// What its requests name as the server.
  package var host = "localhost"

  /// - Parameters:
  ///   - files: the folder for attachments; one that is not there where a test adds none.
  ///   - url: where the server was told that browsers reach it.
  ///   - programs: what programs have on the same router.
  package init(
    _ platform: Platform, files: String = "/dev/null/attachments", url: String? = nil,
    programs: [any RouteSet] = []
  ) throws {
    responder = try Browser.site(platform, files: files, url: url, programs: programs)
      .makeRouter().buildResponder()
  }

  /// At doors for programs.
  package init(router: Router<AppContext>) { responder = router.buildResponder() }

  package static func site(
    _ platform: Platform, files: String = "/dev/null/attachments", url: String? = nil,
    programs: [any RouteSet] = []
  ) throws -> Site {
    let root = TestPlatform.root
    return try Site(
      platform: platform, views: Views(resources: root + "/Resources"),
      assets: Assets(root: root + "/Public", names: Site.assetNames),
      store: AttachmentStore(folder: files, vault: platform.vault), secureCookies: false, url: url,
      programs: programs,
      // Another instance that knows no code.
      exchange: { _ in
        ExchangeReply(status: 401, body: Array("{\"code\":\"unauthorised\"}".utf8))
      })
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

  /// A file as a form sends it.
  package struct File {
    package let field: String
    package let name: String
    package let type: String
    package let bytes: [UInt8]

    package init(
      _ bytes: [UInt8], name: String, type: String = "image/jpeg", field: String = "files"
    ) {
      (self.field, self.name, self.type, self.bytes) = (field, name, type, bytes)
    }
  }

  /// Sends a form with files, the token first as its pages do.
  package func post(
    _ path: String, _ fields: [(String, String)], files: [File]
  ) async throws -> Page {
    let boundary = "----WebKitFormBoundaryabc123"
    var body: [UInt8] = []
    func part(_ header: String, _ content: [UInt8]) {
      body += Array("--\(boundary)\r\nContent-Disposition: form-data; \(header)\r\n\r\n".utf8)
      body += content + Array("\r\n".utf8)
    }
    var fields = fields
    if !fields.contains(where: { $0.0 == FormData.tokenField }) {
      let token = try await get("/sign-in").hidden(FormData.tokenField) ?? ""
      fields.insert((FormData.tokenField, token), at: 0)
    }
    for (name, value) in fields { part("name=\"\(name)\"", Array(value.utf8)) }
    for file in files {
      part(
        "name=\"\(file.field)\"; filename=\"\(file.name)\"\r\nContent-Type: \(file.type)",
        file.bytes)
    }
    body += Array("--\(boundary)--\r\n".utf8)
    return try await send(
      .post, path, body: body,
      headers: [.contentType: "multipart/form-data; boundary=\(boundary)"])
  }

  package func send(
    _ method: HTTPRequest.Method, _ path: String, body: String, headers: HTTPFields = [:]
  ) async throws -> Page {
    try await send(method, path, body: Array(body.utf8), headers: headers)
  }

  package func send(
    _ method: HTTPRequest.Method, _ path: String, body: [UInt8], headers: HTTPFields
  ) async throws -> Page {
    var head = HTTPRequest(
      method: method, scheme: "http", authority: host, path: path, headerFields: headers)
    head.headerFields[.contentLength] = String(body.count)
    head.headerFields[.cookie] = cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
    let request = Request(head: head, body: RequestBody(buffer: ByteBuffer(bytes: body)))
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
      status: response.status.code, headers: response.headers, text: String(buffer: writer.buffer),
      size: writer.buffer.readableBytes)
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

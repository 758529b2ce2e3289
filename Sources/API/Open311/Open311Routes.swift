import Cryptography
import Domain
import HTTP
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Services
import Storage

/// Open311 GeoReport v2 (https://wiki.open311.org/GeoReport_v2, docs/open311.md): services, requests and their state
/// for programs that citizens use.
package struct Open311Routes: RouteSet {
  let platform: Platform
  let words: MessageWords
  /// An account's, whichever interface its programs use.
  let limits: RateLimits
  /// Whether everybody may see services and the state of requests.
  let isPublic: Bool
  /// Where programs reach the platform; nil where nobody said.
  let url: String?

  package static let root = "/open311/v2"
  private static let link = HTTPField.Name("Link")!

  package init(
    _ platform: Platform, _ words: MessageWords, _ limits: RateLimits, isPublic: Bool = false,
    url: String? = nil
  ) {
    self.limits = limits
    (self.platform, self.words, self.isPublic, self.url) = (platform, words, isPublic, url)
  }

  package func addRoutes(to router: Router<AppContext>) {
    router.get("\(Self.root)/:resource") { request, context in
      await answer(request, context) { try await get($0, request, context, $1) }
    }
    router.get("\(Self.root)/:resource/:id") { request, context in
      await answer(request, context, "id") { try await one($0, request, context, $1) }
    }
    router.post("\(Self.root)/:resource") { request, context in
      await answer(request, context) { try await post($0, request, context, $1) }
    }
  }

  /// The root element of an answer, and what is in it.
  private struct Answer {
    let root: String
    let node: Open311Node
    /// Where the next page is.
    var next: String?
  }

  // MARK: What is asked

  private func get(
    _ name: String, _ request: Request, _ context: AppContext, _ view: Open311View
  ) async throws -> Answer {
    switch name {
    case "discovery": return Answer(root: "discovery", node: discovery(view))
    case "services":
      _ = try await reader(request, context)
      return Answer(root: "services", node: view.services)
    case "requests":
      let account = try await reader(request, context)
      let query = try Open311Query(request, platform: platform)
      let page = try await FindRequests(platform)(
        query.filter, before: query.after, limit: query.size, for: account)
      return Answer(
        root: "service_requests",
        node: .list(
          of: "request",
          page.items.map { account == nil ? view.publicRequest($0) : view.request($0) }),
        next: page.next.map { Self.address(of: request, after: $0) })
    default: throw Open311Fault(.notFound)
    }
  }

  private func one(
    _ id: String, _ request: Request, _ context: AppContext, _ view: Open311View
  ) async throws -> Answer {
    let account = try await reader(request, context)
    switch context.parameters.get("resource") {
    case "services":
      guard let code = ServiceCode(id), platform.serves(code),
        let concern = platform.procedures[code.track]?.concern
      else { throw Open311Fault(.serviceUnknown) }
      let asksForItself = account?.enterprise != nil || account?.role == .villageClerk
      return Answer(
        root: "service_definition",
        node: view.definition(code, concern, needsConcerns: !asksForItself))
    case "requests":
      guard let number = Int64(id) else { throw Open311Fault(.notFound) }
      let found = try await FindRequests(platform).one(number, for: account)
      let node =
        account == nil
        ? view.publicRequest(found.request) : view.request(found.request, note: found.note)
      return Answer(root: "service_requests", node: .list(of: "request", [node]))
    // Requests get their number at once, so there are no tokens for them.
    default: throw Open311Fault(.notFound)
    }
  }

  private func post(
    _ name: String, _ request: Request, _ context: AppContext, _ view: Open311View
  ) async throws -> Answer {
    guard name == "requests" else { throw Open311Fault(.notFound) }
    let form = try await ProgramForm(request)
    let account = try await holder(
      of: Self.key(form["api_key"], request), request, context, writing: true)
    let number = try await AcceptRequest(platform)(
      Open311Order(form, request, view).order, by: account)
    return Answer(root: "service_requests", node: view.accepted(number))
  }

  private func discovery(_ view: Open311View) -> Open311Node {
    .object([
      ("changeset", .text("2026-11-22T00:00:00+08:00")),
      ("contact", .text(view.text("open311.contact"))),
      ("key_service", .text(view.text("open311.key_service"))),
      (
        "endpoints",
        .list(
          of: "endpoint",
          [
            .object([
              ("specification", .text("http://wiki.open311.org/GeoReport_v2")),
              ("url", .text((url ?? "") + Self.root)),
              ("changeset", .text("2026-11-22T00:00:00+08:00")), ("type", .text("production")),
              ("formats", .list(of: "format", [.text("text/xml"), .text("application/json")])),
            ])
          ])
      ),
    ])
  }

  // MARK: Who asks

  /// - Returns: nil for anybody, where the operator allows it.
  /// - Throws: `Open311Fault.Code.key`, `.scope`, `.query`
  private func reader(_ request: Request, _ context: AppContext) async throws -> Account? {
    guard request.isQueryReadable else { throw Open311Fault(.query) }
    let key = Self.key(request.query("api_key"), request)
    if key.isEmpty, isPublic { return nil }
    return try await holder(of: key, request, context, writing: false)
  }

  private func holder(
    of key: String, _ request: Request, _ context: AppContext, writing: Bool
  ) async throws -> Account {
    let address = SessionMiddleware.address(request, context)
    guard let grant = try await UseToken(platform)(SecretToken(text: key), from: address) else {
      throw Open311Fault(.key)
    }
    if limits.take(grant.account.id).isOver { throw Open311Fault(.tooMany) }
    guard grant.allows(.problems, writing: writing) else { throw Open311Fault(.scope) }
    return grant.account
  }

  /// The standard's parameter; or the header, which no log of addresses keeps.
  private static func key(_ parameter: String, _ request: Request) -> String {
    parameter.isEmpty ? request.bearer ?? "" : parameter
  }

  // MARK: Answers

  /// Whatever goes wrong is told in the standard's form.
  private func answer(
    _ request: Request, _ context: AppContext, _ parameter: String = "resource",
    _ body: (String, Open311View) async throws -> Answer
  ) async -> Response {
    let view = Open311View(
      platform: platform, words: words,
      language: SessionMiddleware.preferred(request.headers[.acceptLanguage]))
    let (name, format) = Self.parts(context.parameters.get(parameter) ?? "")
    do {
      guard let format else { throw Open311Fault(.notFound) }
      let answer = try await body(name, view)
      var response = Self.response(.ok, answer.root, answer.node, format)
      if let next = answer.next { response.headers[Self.link] = "<\(next)>; rel=\"next\"" }
      return response
    } catch {
      return failure(error, view, format ?? .xml, context)
    }
  }

  private func failure(
    _ error: any Error, _ view: Open311View, _ format: Open311Format, _ context: AppContext
  ) -> Response {
    if case UseCaseError.registration(let faults) = error {
      return Self.response(
        .badRequest, "errors", view.errors(400, view.descriptions(faults)), format)
    }
    let code = Self.code(of: error)
    if code == .internalError {
      context.logger.error(
        "request failed",
        metadata: ["error": "\(error)", "route": "\(context.endpointPath ?? "–")"])
    }
    let text = view.text("open311.error.\(code.rawValue)")
    var response = Self.response(
      code.status, "errors", view.errors(code.status.code, [text]), format)
    if code == .busy || code == .tooMany { response.headers[.retryAfter] = "2" }
    return response
  }

  private static func code(of error: any Error) -> Open311Fault.Code {
    switch error {
    case let fault as Open311Fault: fault.code
    case RequestError.notAForm: .notAForm
    case RequestError.badForm: .form
    case RequestError.bodyTooLarge: .tooLarge
    case RequestError.tooSlow: .tooSlow
    case UseCaseError.forbidden: .scope
    case UseCaseError.notFound: .notFound
    case let error as StorageError where error.isTemporary: .busy
    default: .internalError
    }
  }

  private static func response(
    _ status: HTTPResponse.Status, _ root: String, _ node: Open311Node, _ format: Open311Format
  ) -> Response {
    let text = format == .json ? node.json + "\n" : node.xml(root: root)
    return Response(
      status: status, headers: [.contentType: format.contentType],
      body: .init(byteBuffer: ByteBuffer(string: text)))
  }

  /// `requests.json`
  private static func parts(_ text: String) -> (name: String, format: Open311Format?) {
    guard let dot = text.lastIndex(of: ".") else { return (text, nil) }
    return (String(text[..<dot]), Open311Format(rawValue: String(text[text.index(after: dot)...])))
  }

  /// Without the key: addresses are written down in many places.
  private static func address(of request: Request, after cursor: ProblemCursor) -> String {
    let kept = (request.uri.query ?? "").split(separator: "&").filter {
      !$0.hasPrefix("api_key=") && !$0.hasPrefix("after=")
    }
    return request.uri.path + "?"
      + (kept.map(String.init) + ["after=\(cursor)"]).joined(separator: "&")
  }
}

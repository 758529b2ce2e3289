import Cryptography
import Domain
import HTTP
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Services
import Storage

/// The interface for programs: every endpoint on the router, behind token, limits, schema and, for what is to be
/// done once, its key.
package struct APIRoutes: RouteSet {
  package static let root = "/api/v1"
  package static let documentPath = root + "/docs"

  let platform: Platform
  let store: AttachmentStore
  let imports: ImportJobs
  let exchange: ExchangeLine?
  let texts: [Language: Catalogue]
  let limits: RateLimits
  package let endpoints: [Endpoint]

  /// - Parameters:
  ///   - exchange: by which other instances are called; nil where none is.
  ///   - texts: of both languages.
  package init(
    platform: Platform, store: AttachmentStore, exchange: ExchangeLine? = nil,
    texts: [Language: Catalogue], limits: RateLimits
  ) {
    self.platform = platform
    self.store = store
    self.exchange = exchange
    self.texts = texts
    imports = ImportJobs(platform)
    self.limits = limits
    endpoints = AllEndpoints.list
  }

  package func addRoutes(to router: Router<AppContext>) {
    DocumentRoutes(self).addRoutes(to: router)
    for (path, endpoints) in Dictionary(grouping: endpoints, by: \.path) {
      let pattern = RouterPath(Self.pattern(path))
      for endpoint in endpoints {
        let checked = CheckedEndpoint(endpoint)
        router.on(pattern, method: endpoint.method) { request, context in
          await answer(checked, request, context)
        }
      }
      refuseOthers(than: endpoints.map(\.method), at: pattern, router)
    }
    // What is nowhere gets a problem document too, not a page.
    for method in Self.methods {
      router.on("\(Self.root)/**", method: method) { request, context in
        refusal(APIError(.notFound, "not_found"), request, context)
      }
    }
  }

  private static let methods: [HTTPRequest.Method] = [
    .get, .head, .post, .put, .patch, .delete, .options, .trace, HTTPRequest.Method("QUERY")!,
  ]

  /// `/problems/{id}` as the router writes it.
  private static func pattern(_ path: String) -> String {
    root + path.replacing("{", with: ":").replacing("}", with: "")
  }

  func refuseOthers(
    than allowed: [HTTPRequest.Method], at pattern: RouterPath, _ router: Router<AppContext>
  ) {
    let allowed = allowed + (allowed.contains(.get) ? [.head] : [])
    let list = allowed.map(\.rawValue).sorted().joined(separator: ", ")
    for method in Self.methods where !allowed.contains(method) {
      router.on(pattern, method: method) { request, context in
        var response = refusal(APIError(.methodNotAllowed, "method"), request, context)
        response.headers[.allow] = list
        return response
      }
    }
  }

  private func language(_ request: Request) -> Language {
    SessionMiddleware.preferred(request.headers[.acceptLanguage])
  }

  func refusal(_ error: APIError, _ request: Request, _ context: AppContext) -> Response {
    let language = language(request)
    var response = error.reply(texts[language]!).response()
    response.headers[.contentLanguage] = language.tag
    if error.status == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer" }
    if let seconds = error.retryAfter { response.headers[.retryAfter] = String(seconds) }
    return response
  }

  private func answer(
    _ endpoint: CheckedEndpoint, _ request: Request, _ context: AppContext
  ) async -> Response {
    var standing: RateLimits.Standing?
    var response: Response
    do {
      response = try await reply(endpoint, request, context, &standing).response()
    } catch {
      let known = Refusals.known(error, platform)
      if known == nil {
        context.logger.error(
          "request failed",
          metadata: ["error": "\(error)", "route": "\(context.endpointPath ?? "–")"])
      }
      response = refusal(known ?? APIError(.internalServerError, "internal"), request, context)
    }
    if let standing {
      response.headers[.rateLimit] = String(standing.limit)
      response.headers[.rateLimitLeft] = String(standing.left)
      response.headers[.rateLimitReset] = String(standing.reset)
    }
    return response
  }

  private func reply(
    _ checked: CheckedEndpoint, _ request: Request, _ context: AppContext,
    _ standing: inout RateLimits.Standing?
  ) async throws -> Reply {
    let endpoint = checked.endpoint
    let address = SessionMiddleware.address(request, context)
    guard let token = request.bearer,
      let grant = try await UseToken(platform)(SecretToken(text: token), from: address)
    else { throw APIError(.unauthorized, "no_token") }
    let taken = limits.take(grant.account.id)
    standing = taken
    if taken.isOver { throw APIError(.tooManyRequests, "too_many", retryAfter: taken.reset) }
    if let area = endpoint.area { try Self.check(grant, area, writing: endpoint.isWriting) }
    try checked.checkAccept(request)
    try checked.checkVersions(request)
    let places = try checked.places(context)
    let parameters = try checked.parameters(request)
    let bytes = try await checked.body(request)
    let body = try checked.read(bytes)
    func call(_ platform: Platform) -> Call {
      Call(
        platform: platform, grant: grant, store: store, imports: imports,
        exchange: exchange, texts: texts[language(request)]!,
        arrival: Arrival(
          address: address, userAgent: request.headers[.userAgent] ?? "", mark: nil),
        body: body, file: checked.takesFile ? bytes : [],
        request: request, places: places, parameters: parameters)
    }
    guard endpoint.method == .post, let key = request.headers[.idempotencyKey] else {
      return try await checked.handle(call(platform))
    }
    guard (1...255).contains(key.utf8.count) else { throw APIError(.badRequest, "bad_key") }
    var seen = Array("\(request.method.rawValue) \(request.uri.string)\n".utf8)
    seen += bytes
    let claim = ClaimRows.Claim(
      account: grant.account.id, key: .sha256(Array(key.utf8)), request: .sha256(seen))
    do {
      let (answer, _) = try await DoOnce(platform)(claim) { platform in
        try await checked.handle(call(platform)).kept
      }
      return Reply(kept: answer)
    } catch DoOnce.Refusal.keyUsed {
      throw APIError(.unprocessableContent, "key_used")
    } catch DoOnce.Refusal.underWay {
      throw APIError(.conflict, "under_way", retryAfter: 2)
    }
  }

  static func check(_ grant: TokenGrant, _ area: APIArea, writing: Bool) throws {
    guard !grant.allows(area, writing: writing) else { return }
    let scope = TokenScope(area, writes: writing).text
    throw APIError(.forbidden, "scope", arguments: ["scope": scope])
  }
}

extension HTTPField.Name {
  package static let idempotencyKey = HTTPField.Name("Idempotency-Key")!
  package static let rateLimit = HTTPField.Name("RateLimit-Limit")!
  package static let rateLimitLeft = HTTPField.Name("RateLimit-Remaining")!
  package static let rateLimitReset = HTTPField.Name("RateLimit-Reset")!
}

extension Reply {
  /// As it is kept for who asks again: type, address, version, then the body.
  var kept: ClaimRows.Answer {
    let head = [type ?? "", location ?? "", version ?? ""]
    return ClaimRows.Answer(
      status: status.code, text: (head + [String(buffer: body)]).joined(separator: "\n"))
  }

  init(kept answer: ClaimRows.Answer) {
    let parts = answer.text.split(
      separator: "\n", maxSplits: 3, omittingEmptySubsequences: false
    ).map(String.init)
    self.init(
      status: HTTPResponse.Status(code: answer.status), type: parts[0].isEmpty ? nil : parts[0],
      body: ByteBuffer(string: parts[3]), version: parts[2].isEmpty ? nil : parts[2],
      location: parts[1].isEmpty ? nil : parts[1])
  }
}

import Cryptography
import Domain
import HTTP
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Services
import Storage

/// The doors at which other instances knock (docs/exchange.md). Whatever they send, the answer says what is
/// wrong with it.
package struct ExchangeRoutes: RouteSet {
  private let door: ExchangeDoor

  package init(_ platform: Platform) { door = ExchangeDoor(platform) }

  package func addRoutes(to router: Router<AppContext>) {
    let door = door
    router.post(RouterPath(ExchangePaths.links)) { request, context in
      try await answer(
        request, context, type: "application/json", limit: ExchangeLimits.joinBytes, door.links)
    }
    router.post(RouterPath(ExchangePaths.messages)) { request, context in
      try await answer(
        request, context, type: ExchangePaths.batchType, limit: ExchangeLimits.bytes, door.messages)
    }
  }

  private typealias Work =
    @Sendable (SecretToken?, [UInt8]) async throws -> ExchangeDoor.Answer

  private func answer(
    _ request: Request, _ context: AppContext, type: String, limit: Int, _ work: Work
  ) async throws -> Response {
    do {
      // Who has no token is not listened to.
      guard let token = request.bearer.map({ SecretToken(text: $0) }) else {
        throw ExchangeRefusal.unauthorised
      }
      guard Self.type(request) == type else { throw ExchangeRefusal.wrongType }
      let body = try await RequestBytes.read(request, upTo: limit)
      return Self.response(try await work(token, body))
    } catch {
      let refusal = Self.refusal(error)
      if refusal == .busy {
        context.logger.error("exchange", metadata: ["error": "\(error)"])
      }
      return Self.response(try ExchangeDoor.answer(refusal))
    }
  }

  private static func refusal(_ error: any Error) -> ExchangeRefusal {
    switch error {
    case let refusal as ExchangeRefusal: refusal
    case RequestError.bodyTooLarge: .tooLarge
    case RequestError.tooSlow: .tooSlow
    case is RequestError: .malformed
    // This side's own trouble, whatever it is: the other one comes again.
    default: .busy
    }
  }

  /// Without parameters.
  private static func type(_ request: Request) -> String {
    let type = (request.headers[.contentType] ?? "").prefix { $0 != ";" }
    return String(type).trimmed.lowercased()
  }

  private static func response(_ answer: ExchangeDoor.Answer) -> Response {
    var headers: HTTPFields = [.contentType: answer.contentType]
    switch answer.status {
    case 401: headers[.wwwAuthenticate] = "Bearer"
    case 503: headers[.retryAfter] = "2"
    default: break
    }
    return Response(
      status: .init(code: answer.status), headers: headers,
      body: .init(byteBuffer: ByteBuffer(bytes: answer.body)))
  }
}

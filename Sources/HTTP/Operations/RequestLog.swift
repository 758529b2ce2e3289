import Cryptography
import HTTPTypes
import Hummingbird
import Logging

/// Gives each request an id, counts it, and logs it when it is answered: the route's pattern, never
/// the path or the query, and nobody's name.
package struct RequestLog: RouterMiddleware {
  private let monitor: Monitor
  private static let idHeader = HTTPField.Name("X-Request-Id")!

  package init(_ monitor: Monitor) {
    self.monitor = monitor
  }

  package func handle(
    _ request: Request, context: AppContext,
    next: (Request, AppContext) async throws -> Response
  ) async throws -> Response {
    let id = Hexadecimal.encode(randomBytes(8))
    var context = context
    // The number Hummingbird gives is one of this process only.
    context.logger[metadataKey: "hb.request.id"] = nil
    context.logger[metadataKey: "request"] = "\(id)"
    let start = ContinuousClock.now
    var response = try await next(request, context)
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    response.headers[Self.idHeader] = id
    let route = context.endpointPath ?? "none"
    monitor.count(
      method: request.method.rawValue, route: route, status: response.status.code,
      seconds: seconds)
    context.logger.info(
      "request",
      metadata: [
        "method": "\(request.method.rawValue)", "route": "\(route)",
        "status": "\(response.status.code)", "ms": "\(Int(seconds * 1000))",
      ])
    return response
  }
}

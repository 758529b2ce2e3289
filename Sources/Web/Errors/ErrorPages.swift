import Domain
import HTTP
import HTTPTypes
import Hummingbird
import Logging
import Services
import Storage

/// Turns errors into pages that say what to do, in the reader's language. What nobody foresaw is
/// logged in full and shown without detail.
struct ErrorPages: RouterMiddleware {
  let site: Site

  func handle(
    _ request: Request, context: AppContext,
    next: (Request, AppContext) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch RequestError.notSignedIn {
      // A form that was sent too late: back to the page it stood on.
      let next = request.method == .get ? request.uri.string : Self.origin(of: request)
      let wanted = context.held.flatMap { Route.wanted(at: $0.stage) } ?? .signIn
      return Site.redirect(to: wanted.path(query: [("next", next)]))
    } catch {
      let (status, code) = known(error) ?? (.internalServerError, "internal")
      if status.kind == .serverError {
        // The pattern, not the path: a path may hold a one-time link.
        context.logger.error(
          "request failed",
          metadata: ["error": "\(error)", "route": "\(context.endpointPath ?? "–")"])
      }
      var response = site.errorPage(code, status, request, context)
      if status == .serviceUnavailable { response.headers[.retryAfter] = "2" }
      return response
    }
  }

  /// The address of this site that a form stood on; empty where that is not known.
  private static func origin(of request: Request) -> String {
    guard let referer = request.headers[.referer], let authority = request.head.authority,
      let start = referer.firstRange(of: "://\(authority)/")
    else { return "" }
    let path = "/" + referer[start.upperBound...]
    return SignInPages.isLocal(path) ? path : ""
  }

  private func known(_ error: any Error) -> (HTTPResponse.Status, String)? {
    switch error {
    case let error as RequestError:
      switch error {
      case .notFound, .notSignedIn: (.notFound, "not_found")
      case .wrongFormToken: (.forbidden, "form_token")
      case .bodyTooLarge: (.contentTooLarge, "too_large")
      case .notAForm: (.unsupportedMediaType, "not_a_form")
      case .badForm: (.badRequest, "bad_form")
      case .tooSlow: (.requestTimeout, "too_slow")
      case .badQuery: (.badRequest, "bad_request")
      }
    case let error as UseCaseError:
      switch error {
      case .notFound: (.notFound, "not_found")
      case .linkNotValid: (.notFound, "link")
      // The session ended meanwhile, elsewhere.
      case .signInFailed: (.forbidden, "forbidden")
      case .forbidden: (.forbidden, "forbidden")
      // Pages answer the others beside the form; one that does not has a hole.
      default: nil
      }
    case let error as StorageError where error.isTemporary: (.serviceUnavailable, "busy")
    case let error as HTTPError where error.status == .notFound: (.notFound, "not_found")
    case let error as HTTPError where error.status.kind == .clientError:
      (error.status, "bad_request")
    default: nil
    }
  }
}

extension Site {
  func errorPage(
    _ code: String, _ status: HTTPResponse.Status, _ request: Request, _ context: AppContext
  ) -> Response {
    let words = words(context)
    let view: View = [
      "heading": words("error.\(code).heading"), "advice": words("error.\(code).advice"),
      "status": String(status.code), "url_back": Route.home.path,
    ]
    return page(
      "error", view, title: words("error.\(code).heading"), request: request, context: context,
      status: status)
  }
}

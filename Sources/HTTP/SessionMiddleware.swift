import Cryptography
import Domain
import HTTPTypes
import Hummingbird
import NIOCore
import Services

/// Finds out who asks, and in which language.
package struct SessionMiddleware: RouterMiddleware {
  private let signIn: SignIn
  private let secureCookies: Bool
  private let polled: Set<String>

  package static let cookieName = "lianbang_session"
  private static let forwardedFor = HTTPField.Name("X-Forwarded-For")!
  private static let languageCookie = "lianbang_language"
  private static let deviceCookie = "lianbang_device"

  /// - Parameters:
  ///   - secureCookies: whether browsers reach the server by HTTPS only.
  ///   - polled: paths that only scripts ask for.
  package init(_ platform: Platform, secureCookies: Bool, polled: Set<String> = []) {
    signIn = SignIn(platform)
    self.secureCookies = secureCookies
    self.polled = polled
  }

  package func handle(
    _ request: Request, context: AppContext,
    next: (Request, AppContext) async throws -> Response
  ) async throws -> Response {
    var context = context
    let cookies = request.cookies
    let asked = request.uri.queryParameters["lang"].flatMap { Language(rawValue: String($0)) }
    context.language =
      asked ?? cookies[Self.languageCookie].flatMap { Language(rawValue: $0.value) }
      ?? Self.preferred(request.headers[.acceptLanguage])
    let known = cookies[Self.cookieName].map { SecretToken(text: $0.value) }
    context.session = known ?? .random()
    context.arrival = Arrival(
      address: Self.address(request, context),
      userAgent: request.headers[.userAgent] ?? "",
      mark: cookies[Self.deviceCookie]?.value)
    if known != nil {
      context.held = try await signIn.session(
        of: context.session, isPolling: isPolling(request), countsUnread: Self.hasFrame(request))
      if context.held?.stage == .complete {
        context.account = context.held?.account
        context.unread = context.held?.unread
      }
    }
    var response = try await next(request, context)
    if known == nil, response.headers[.setCookie] == nil {
      response.setCookie(Self.cookie(for: context.session, secure: secureCookies))
    }
    if let asked { response.setCookie(languageCookie(asked)) }
    return response
  }

  /// Whether a page refreshes a part of itself: app.js says so. Who adds the header to their own requests
  /// is signed out the sooner for it.
  private func isPolling(_ request: Request) -> Bool {
    request.headers[HTTPField.Name("X-Live")!] != nil || polled.contains(request.uri.path)
  }

  /// Whether the answer may be a page with its frame, which says how much is unread: not a fragment that a
  /// script asks for. Posts are answered by a redirect, or by a page that the next look refreshes.
  private static func hasFrame(_ request: Request) -> Bool {
    request.method == .get && request.headers[HTTPField.Name("HX-Request")!] == nil
  }

  /// Chinese unless the browser asks for English before it.
  package static func preferred(_ header: String?) -> Language {
    for part in header?.lowercased().split(separator: ",") ?? [] {
      if part.contains("zh") { return .zh }
      if part.drop(while: \.isWhitespace).hasPrefix("en") { return .en }
    }
    return .zh
  }

  /// A cookie that ends with the browser, unseen by scripts and not sent from other sites' forms.
  package static func cookie(for session: SecretToken, secure: Bool) -> Cookie {
    Cookie(
      name: cookieName, value: session.text, path: "/", secure: secure, httpOnly: true,
      sameSite: .lax)
  }

  /// The browser's address. A proxy on this machine tells it; what others say of themselves counts for
  /// nothing.
  package static func address(_ request: Request, _ context: AppContext) -> String? {
    guard let peer = context.peer?.ipAddress else { return nil }
    guard peer == "127.0.0.1" || peer == "::1",
      let told = request.headers[forwardedFor]?.split(separator: ",").last
    else { return peer }
    return String(told).trimmed
  }

  /// A cookie by which the browser is known after somebody signed in with it; worth nothing without the
  /// password.
  package static func deviceCookie(_ mark: String, secure: Bool) -> Cookie {
    Cookie(
      name: deviceCookie, value: mark, maxAge: 180 * 86_400, path: "/", secure: secure,
      httpOnly: true, sameSite: .lax)
  }

  private func languageCookie(_ language: Language) -> Cookie {
    Cookie(
      name: Self.languageCookie, value: language.rawValue, maxAge: 365 * 86_400, path: "/",
      secure: secureCookies, httpOnly: true, sameSite: .lax)
  }
}

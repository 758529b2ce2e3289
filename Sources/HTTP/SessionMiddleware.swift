import Cryptography
import HTTPTypes
import Hummingbird
import Services

/// Finds out who asks, and in which language.
package struct SessionMiddleware: RouterMiddleware {
  private let signIn: SignIn
  private let secureCookies: Bool

  package static let cookieName = "lianbang_session"
  private static let languageCookie = "lianbang_language"

  /// - Parameter secureCookies: whether browsers reach the server by HTTPS only.
  package init(_ platform: Platform, secureCookies: Bool) {
    signIn = SignIn(platform)
    self.secureCookies = secureCookies
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
    if known != nil { context.account = try await signIn.account(of: context.session) }
    var response = try await next(request, context)
    if known == nil, response.headers[.setCookie] == nil {
      response.setCookie(Self.cookie(for: context.session, secure: secureCookies))
    }
    if let asked { response.setCookie(languageCookie(asked)) }
    return response
  }

  /// Chinese unless the browser asks for English before it.
  private static func preferred(_ header: String?) -> Language {
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

  private func languageCookie(_ language: Language) -> Cookie {
    Cookie(
      name: Self.languageCookie, value: language.rawValue, maxAge: 365 * 86_400, path: "/",
      secure: secureCookies, httpOnly: true, sameSite: .lax)
  }
}

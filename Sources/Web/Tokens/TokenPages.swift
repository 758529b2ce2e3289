import Domain
import HTTP
import HTTPTypes
import Hummingbird
import Services

/// 接口令牌: with what an account's own programs come in.
struct TokenPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.tokens, use: list)
    doors.get(.newToken) { request, context in try newPage(nil, nil, request, context) }
    doors.post(.tokens, use: make)
    doors.post(.tokenRevocation(":id"), use: revoke)
  }

  private func list(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let view = TokenView(site, context)
    return site.page(
      "tokens", view.list(try await ListTokens(site.platform)(of: account)),
      title: view.words("tokens.title"), request: request, context: context)
  }

  private func newPage(
    _ form: FormData?, _ fault: TokenView.Fault?, _ request: Request, _ context: AppContext
  ) throws -> Response {
    let view = TokenView(site, context)
    return site.page(
      "token-new", view.new(form, fault, for: try context.signedIn(), .own),
      title: view.words("tokens.new"), request: request, context: context,
      status: fault == nil ? .ok : .unprocessableContent, answersFor: .newToken)
  }

  private func make(_ request: Request, _ context: AppContext) async throws -> Response {
    let form = try await FormData(request, context)
    _ = try context.signedIn()
    let view = TokenView(site, context)
    do {
      let made = try await MakeToken(site.platform)(
        TokenView.order(form), own: context.heldSession(), password: form["password"],
        context.arrival)
      return site.tokenPage(made, .own, request, context)
    } catch {
      guard let fault = view.fault(error) else { throw error }
      return try newPage(form, fault, request, context)
    }
  }

  private func revoke(_ request: Request, _ context: AppContext) async throws -> Response {
    _ = try await FormData(request, context)
    try await RevokeToken(site.platform)(context.id(), by: context.signedIn())
    return Site.redirect(to: Route.tokens.path)
  }
}

extension Site {
  /// The one page that shows a token's text; it is an answer to a form, so that no address leads to it.
  func tokenPage(
    _ made: MakeToken.Made, _ owner: TokenView.Owner, _ request: Request, _ context: AppContext
  ) -> Response {
    let view = TokenView(self, context)
    return page(
      "token-text", view.text(made, owner, address: link(to: TokenView.example, request)),
      title: view.words("tokens.made"), request: request, context: context,
      answersFor: owner.list)
  }
}

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
    doors.get(.newToken) { request, context in
      try site.newTokenPage(nil, nil, .own, request, context)
    }
    doors.post(.tokens) { request, context in try await site.makeToken(.own, request, context) }
    doors.post(.tokenRevocation(":id"), use: revoke)
  }

  private func list(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let view = TokenView(site, context)
    return site.page(
      "tokens", view.list(try await ListTokens(site.platform)(of: account), .own),
      title: view.words("tokens.title"), request: request, context: context)
  }

  private func revoke(_ request: Request, _ context: AppContext) async throws -> Response {
    _ = try await FormData(request, context)
    let account = try context.signedIn()
    let owner = try await RevokeToken(site.platform)(context.id(), by: account)
    let list = owner == account.id ? TokenView.Owner.own.list : .serviceAccount(owner)
    return Site.redirect(to: list.path)
  }
}

/// Making a token, for oneself or for a program.
extension Site {
  func newTokenPage(
    _ form: FormData?, _ fault: TokenView.Fault?, _ owner: TokenView.Owner, _ request: Request,
    _ context: AppContext
  ) throws -> Response {
    let view = TokenView(self, context)
    return page(
      "token-new", view.new(form, fault, by: try context.signedIn(), owner),
      title: view.words("tokens.new"), request: request, context: context,
      status: fault == nil ? .ok : .unprocessableContent, answersFor: owner.new)
  }

  func makeToken(
    _ owner: TokenView.Owner, _ request: Request, _ context: AppContext
  ) async throws -> Response {
    let form = try await FormData(request, context)
    _ = try context.signedIn()
    let view = TokenView(self, context)
    do {
      let made = try await MakeToken(platform)(
        TokenView.order(form), own: context.heldSession(), for: owner.service,
        password: form["password"], context.arrival)
      return tokenPage(made, owner, request, context)
    } catch {
      guard let fault = view.fault(error) else { throw error }
      return try newTokenPage(form, fault, owner, request, context)
    }
  }

  /// The one page that shows a token's text; it is an answer to a form, so that no address leads to it.
  private func tokenPage(
    _ made: MakeToken.Made, _ owner: TokenView.Owner, _ request: Request, _ context: AppContext
  ) -> Response {
    let view = TokenView(self, context)
    return page(
      "token-text", view.text(made, owner, address: link(to: TokenView.example, request)),
      title: view.words("tokens.made"), request: request, context: context,
      answersFor: owner.list)
  }
}

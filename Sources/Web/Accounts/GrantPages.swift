import Domain
import HTTP
import HTTPTypes
import Hummingbird
import Services
import Storage

/// 待授权: what waits for the security administrator.
struct GrantPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.grants) { request, context in try await list(nil, request, context) }
    doors.post(.grant(":id"), use: decide)
  }

  private static let size = 50

  private func decide(_ request: Request, _ context: AppContext) async throws -> Response {
    let form = try await FormData(request, context)
    let id = AccountID(try context.id())
    guard let asked = Int64(form["asked"]) else { throw RequestError.badForm }
    let decision: DecideGrant.Decision
    switch form["decision"] {
    case "grant": decision = .grant
    case "refuse": decision = .refuse(reason: form["reason"])
    default: throw RequestError.badForm
    }
    do {
      try await DecideGrant(site.platform)(
        decision, of: id, asked: Instant(milliseconds: asked), by: context.signedIn())
      return Site.redirect(to: Route.grants.path)
    } catch UseCaseError.accountRefused(let reason) {
      return try await list((id, reason), request, context)
    }
  }

  private func list(
    _ failure: (id: AccountID, reason: AccountRefusal)?, _ request: Request,
    _ context: AppContext
  ) async throws -> Response {
    let account = try context.signedIn()
    let words = site.words(context)
    let after = failure == nil ? request.query("after") : ""
    guard after.isEmpty || Int64(after) != nil else { throw RequestError.badQuery }
    let waiting = try await ShowAccounts(site.platform).waiting(
      after: Int64(after).map { AccountID($0) }, size: Self.size, for: account)
    let fault = failure.map { words("account.refusal.\($0.reason.rawValue)") }
    let view: View = [
      "requests": waiting.page.items.map { request -> View in
        let stored = waiting.accounts[request.account]
        let isFailed = failure?.id == request.account
        return [
          "name": stored?.account.name ?? "", "username": (stored?.account.username ?? "").orFalse,
          "kind": words("grant.kind.\(request.kind.rawValue)"),
          "seat": words.seat(request.seat, waiting.places),
          "before": request.kind == .account ? false : before(request, stored, waiting, words),
          "asked_by": waiting.names[request.askedBy] ?? words("actor.system"),
          "asked_at": words.time(request.askedAt),
          "asked": String(request.askedAt.milliseconds), "id": String(request.account.value),
          "url": Route.grant(String(request.account.value)).path,
          "row_failed": isFailed, "fault": isFailed ? fault ?? "" : "",
          "closes": request.kind == .account,
        ]
      },
      "is_empty": waiting.page.items.isEmpty, "failed": fault != nil, "fault": fault ?? "",
      "has_previous": !after.isEmpty, "url_first": Route.grants.path,
      "has_next": waiting.page.next != nil,
      "url_next": Route.grants.path(
        query: [("after", waiting.page.next.map { String($0.value) } ?? "")]),
    ]
    return site.page(
      "grants", view, title: words("grants.title"), request: request, context: context,
      status: failure == nil ? .ok : .conflict, answersFor: .grants)
  }

  /// What the account is until then, wherever it is to be something else: with a new password, too, another
  /// seat may be granted that was asked for before.
  private func before(
    _ request: GrantRows.Request, _ stored: AccountRows.Stored?, _ waiting: ShowAccounts.Waiting,
    _ words: Wording
  ) -> Any {
    guard let seat = stored?.seat, seat != request.seat else { return false }
    return words.seat(seat, waiting.places)
  }
}

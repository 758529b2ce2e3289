import Domain
import HTTP
import HTTPTypes
import Hummingbird
import Services
import Storage

/// 程序账号: accounts for the programs of somebody's own unit.
struct ServiceAccountPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.serviceAccounts) { request, context in
      try await list(nil, nil, request, context)
    }
    doors.post(.serviceAccounts, use: make)
    doors.get(.serviceAccount(":id")) { request, context in
      try await show(nil, request, context)
    }
    doors.post(.serviceAccountClosure(":id"), use: close)
    doors.get(.newServiceToken(":id")) { request, context in
      let id = AccountID(try context.id())
      // Nobody else's.
      _ = try await ShowServiceAccounts(site.platform).one(id, of: context.signedIn())
      return try site.newTokenPage(nil, nil, .service(id), request, context)
    }
    doors.post(.serviceTokens(":id")) { request, context in
      try await site.makeToken(.service(AccountID(context.id())), request, context)
    }
  }

  private func list(
    _ form: FormData?, _ fault: AccountRefusal?, _ request: Request, _ context: AppContext
  ) async throws -> Response {
    let account = try context.signedIn()
    let words = site.words(context)
    let services = try await ShowServiceAccounts(site.platform)(of: account)
    let view: View = [
      "url": Route.serviceAccounts.path, "url_account": Route.account.path,
      "may_add": services.count { $0.closedAt == nil } < ServiceAccount.most,
      "services": services.map { service -> View in
        [
          "url": Route.serviceAccount(service.account.id).path, "name": service.account.name,
          "since": words.time(service.createdAt),
          "state": words("account.state.\(service.state.rawValue)"),
        ]
      },
      "is_empty": services.isEmpty, "failed": fault != nil,
      "fault": fault.map { words("account.refusal.\($0.rawValue)") } ?? "",
      "service_name": form?["name"] ?? "", "name_limit": String(Unit.maximumName),
    ]
    return site.page(
      "service-accounts", view, title: words("services.title"), request: request,
      context: context, status: fault == nil ? .ok : .unprocessableContent,
      answersFor: .serviceAccounts)
  }

  private func make(_ request: Request, _ context: AppContext) async throws -> Response {
    let form = try await FormData(request, context)
    do {
      let id = try await MakeServiceAccount(site.platform)(
        name: form["name"], by: context.signedIn())
      return Site.redirect(to: Route.serviceAccount(id).path)
    } catch UseCaseError.accountRefused(let reason) {
      return try await list(form, reason, request, context)
    }
  }

  private func show(
    _ fault: AccountRefusal?, _ request: Request, _ context: AppContext
  ) async throws -> Response {
    let account = try context.signedIn()
    let words = site.words(context)
    let id = AccountID(try context.id())
    let shown = try await ShowServiceAccounts(site.platform).one(id, of: account)
    let (service, owner) = (shown.stored, TokenView.Owner.service(id))
    var view = TokenView(site, context).list(shown.tokens, owner)
    let isOpen = service.closedAt == nil
    let more: View = [
      "name": service.account.name, "role": words("role.\(service.seat.role.rawValue)"),
      "state": words("account.state.\(service.state.rawValue)"),
      "since": words.time(service.createdAt),
      "closed_at": service.closedAt.map { words.time($0) } ?? false, "is_open": isOpen,
      "may_add": isOpen && view["may_add"] as? Bool ?? false,
      "url_list": Route.serviceAccounts.path,
      "url_closure": Route.serviceAccountClosure(String(id.value)).path, "failed": fault != nil,
      "fault": fault.map { words("account.refusal.\($0.rawValue)") } ?? "",
    ]
    view.merge(more) { $1 }
    return site.page(
      "service-account", view, title: service.account.name, request: request, context: context,
      status: fault == nil ? .ok : .conflict, answersFor: .serviceAccount(id))
  }

  private func close(_ request: Request, _ context: AppContext) async throws -> Response {
    _ = try await FormData(request, context)
    do {
      try await CloseServiceAccount(site.platform)(
        AccountID(context.id()), by: context.signedIn())
      return Site.redirect(to: Route.serviceAccounts.path)
    } catch UseCaseError.accountRefused(let reason) {
      return try await show(reason, request, context)
    }
  }
}

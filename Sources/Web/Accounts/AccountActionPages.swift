import Cryptography
import Domain
import HTTP
import HTTPTypes
import Hummingbird
import Services
import Storage

/// What administrators do to accounts: invite, give a new link, ask for another role, close, take away a
/// lost second factor.
struct AccountActionPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.newAccount) { request, context in
      try await seatPage(nil, nil, request, context)
    }
    doors.post(.accounts, use: invite)
    doors.get(.accountSeat(":id")) { request, context in
      try await seatPage(AccountID(context.id()), nil, request, context)
    }
    doors.post(.accountSeat(":id"), use: changeSeat)
    doors.post(.accountLink(":id"), use: renewLink)
    doors.post(.accountClosure(":id"), use: close)
    doors.post(.secondFactorReset(":id"), use: resetSecondFactor)
  }

  private func invite(_ request: Request, _ context: AppContext) async throws -> Response {
    let form = try await FormData(request, context)
    let account = try context.signedIn()
    guard let role = Role(rawValue: form["role"]) else { throw RequestError.badForm }
    do {
      let seat = try await ReadSeat(site.platform)(
        role, unit: form["unit"], official: form["official"], enterprise: form["enterprise"])
      let invited = try await InviteAccount(site.platform)(
        seat, name: form["name"], phone: form["phone"], by: account)
      return linkPage(
        invited.link, name: form["name"].trimmed, note: invited.waits ? "account.link.waits" : nil,
        of: invited.id, request, context)
    } catch UseCaseError.accountRefused(let reason) {
      return try await seatPage(nil, (form, reason), request, context)
    }
  }

  private func changeSeat(_ request: Request, _ context: AppContext) async throws -> Response {
    let form = try await FormData(request, context)
    let id = AccountID(try context.id())
    guard let role = Role(rawValue: form["role"]) else { throw RequestError.badForm }
    do {
      let seat = try await ReadSeat(site.platform)(
        role, unit: form["unit"], official: form["official"], enterprise: form["enterprise"])
      try await ChangeSeat(site.platform)(of: id, to: seat, by: context.signedIn())
      return Site.redirect(to: Route.managedAccount(id).path)
    } catch UseCaseError.accountRefused(let reason) {
      return try await seatPage(id, (form, reason), request, context)
    }
  }

  private func renewLink(_ request: Request, _ context: AppContext) async throws -> Response {
    try await acting(request, context) { id, account in
      let link = try await RenewLink(site.platform)(for: id, by: account)
      let shown = try await ShowAccounts(site.platform).one(id, for: account)
      return linkPage(
        link, name: shown.stored.account.name,
        note: shown.stored.isTakenUp ? "account.link.renewal" : nil, of: id, request, context)
    }
  }

  private func close(_ request: Request, _ context: AppContext) async throws -> Response {
    try await acting(request, context) { id, account in
      try await CloseAccount(site.platform)(id, by: account)
      return Site.redirect(to: Route.managedAccount(id).path)
    }
  }

  private func resetSecondFactor(
    _ request: Request, _ context: AppContext
  ) async throws -> Response {
    try await acting(request, context) { id, account in
      try await RemoveSecondFactor(site.platform)(of: id, by: account)
      return Site.redirect(to: Route.managedAccount(id).path)
    }
  }

  /// Does something to an account; what is refused is said on its page.
  private func acting(
    _ request: Request, _ context: AppContext,
    _ body: (AccountID, Account) async throws -> Response
  ) async throws -> Response {
    _ = try await FormData(request, context)
    let id = AccountID(try context.id())
    do {
      return try await body(id, context.signedIn())
    } catch UseCaseError.accountRefused(let reason) {
      return try await AccountPages(site: site).accountPage(id, reason, request, context)
    }
  }

  /// The one-time link, shown once: nobody can read it again, not from the database either.
  private func linkPage(
    _ link: SecretToken, name: String, note: String?, of id: AccountID, _ request: Request,
    _ context: AppContext
  ) -> Response {
    let words = site.words(context)
    return site.page(
      "account-link",
      [
        "link": site.link(to: .invitation(link.text), request),
        "for_whom": words("account.link.for", ["name": name]),
        "note": note.map { words($0) } ?? false, "url_account": Route.managedAccount(id).path,
        "url_accounts": Route.accounts.path,
      ], title: words("account.link.title"), request: request, context: context,
      answersFor: .accounts)
  }

  // MARK: Which role, and for whom

  /// First the role is chosen, then what belongs to it is asked for.
  /// - Parameter id: whose role is to change; nil for a new account.
  private func seatPage(
    _ id: AccountID?, _ failure: (form: FormData, reason: AccountRefusal)?, _ request: Request,
    _ context: AppContext
  ) async throws -> Response {
    let words = site.words(context)
    let account = try context.signedIn()
    let shown = try await id.asyncMap {
      try await ShowAccounts(site.platform).one($0, for: account).stored
    }
    let title = words(id == nil ? "account.new.title" : "account.seat.title")
    let here = id.map { Route.accountSeat(String($0.value)) } ?? .newAccount
    guard let role = Role(rawValue: failure?.form["role"] ?? request.query("role")) else {
      let roles = Role.allCases.filter { id == nil || !$0.isAdministrator }
      return site.page(
        "account-role",
        [
          "heading": title, "whose": shown?.account.name.orFalse ?? false,
          "roles": roles.map { role -> View in
            [
              "url": here.path(query: [("role", role.rawValue)]),
              "name": words("role.\(role.rawValue)"),
              "hint": words("role.hint.\(role.rawValue)"),
            ]
          },
        ], title: title, request: request, context: context, answersFor: here)
    }
    let field = failure?.reason.field
    let fault = failure.map { words("account.refusal.\($0.reason.rawValue)") }
    func value(_ name: String) -> String { failure?.form[name] ?? request.query(name) }
    func faultOf(_ name: AccountRefusal.Field) -> Any { field == name ? fault ?? "" : false }
    let view: View = [
      "heading": title, "whose": shown?.account.name.orFalse ?? false, "is_new": id == nil,
      "url": id == nil ? Route.accounts.path : here.path, "url_roles_choice": here.path,
      "role": role.rawValue, "role_name": words("role.\(role.rawValue)"),
      "role_hint": words("role.hint.\(role.rawValue)"),
      "name": value("name"), "phone": value("phone"), "unit": value("unit"),
      "official": value("official"), "enterprise": value("enterprise"),
      "asks_unit": role.seatField == .unit, "unit_optional": role.link == nil,
      "asks_official": role.seatField == .official,
      "asks_enterprise": role.seatField == .enterprise,
      "failed": fault != nil, "fault": fault ?? "", "fault_field": field?.rawValue ?? "role",
      "name_fault": faultOf(.name), "phone_fault": faultOf(.phone), "unit_fault": faultOf(.unit),
      "official_fault": faultOf(.official), "enterprise_fault": faultOf(.enterprise),
    ]
    return site.page(
      "account-seat", view, title: title, request: request, context: context,
      status: fault == nil ? .ok : .unprocessableContent, answersFor: here)
  }
}

extension Optional {
  /// `map` with a closure that waits.
  func asyncMap<T>(_ transform: (Wrapped) async throws -> T) async throws -> T? {
    if let self { try await transform(self) } else { nil }
  }
}

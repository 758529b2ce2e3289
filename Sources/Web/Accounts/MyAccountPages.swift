import Domain
import HTTP
import HTTPTypes
import Hummingbird
import Services
import Storage

/// 我的账号: who I am here, my password, my second factor, where I am signed in.
struct MyAccountPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.account, use: show)
    doors.get(.password) { request, context in try passwordPage(nil, request, context) }
    doors.post(.password, use: changePassword)
    // Before a session's own address, which would take the word for an id.
    doors.post(.otherSessions, use: endOthers)
    doors.post(.session(":id"), use: endSession)
  }

  private func show(_ request: Request, _ context: AppContext) async throws -> Response {
    let (account, session) = (try context.signedIn(), try context.heldSession())
    let words = site.words(context)
    let now = site.platform.now()
    let shown = try await ShowAccounts(site.platform).own(account)
    let own = OwnSessions(site.platform)
    let sessions = try await own.list(of: account)
    let codes = session.hasSecondFactor ? try await own.recoveryCodes(of: account) : 0
    let view: View = [
      "name": account.name, "username": account.username,
      "role": words("role.\(account.role.rawValue)"),
      "place": words.place(of: shown.stored.seat, shown.places).orFalse,
      "password_since": shown.stored.passwordChangedAt.map { words.time($0) } ?? "",
      "url_password": Route.password.path,
      "has_second_factor": session.hasSecondFactor,
      "second_factor_since": shown.stored.secondFactorAt.map { words.time($0) } ?? "",
      "codes_left": words.counted("second_factor.codes_left", codes),
      "url_second_factor": Route.secondFactor.path,
      "may_remove": session.hasSecondFactor && !account.role.isAdministrator,
      "url_removal": Route.secondFactorRemoval.path,
      "sessions": sessions.map { line -> View in
        [
          "device": words.device(line.device), "since": words.time(line.createdAt),
          "seen": words.ago(line.lastSeenAt, now: now), "this": line.id == session.id,
          "url": Route.session(String(line.id)).path,
        ]
      },
      "has_others": sessions.contains { $0.id != session.id },
      "url_others": Route.otherSessions.path,
      "languages_here": site.languages(Route.account.path, context),
      "url_roles": Route.roles.path, "url_tokens": Route.tokens.path,
      "url_services": account.may(.manageServiceAccounts) ? Route.serviceAccounts.path : false,
      "url_feeds": Route.feeds.demand(.get).isMet(by: account.role) ? Route.feeds.path : false,
    ]
    return site.page(
      "account", view, title: words("account.title"), request: request, context: context)
  }

  private func endSession(_ request: Request, _ context: AppContext) async throws -> Response {
    _ = try await FormData(request, context)
    try await OwnSessions(site.platform).end(context.id(), of: context.signedIn())
    return Site.redirect(to: Route.account.path)
  }

  private func endOthers(_ request: Request, _ context: AppContext) async throws -> Response {
    _ = try await FormData(request, context)
    _ = try context.signedIn()
    try await OwnSessions(site.platform).endOthers(than: context.heldSession())
    return Site.redirect(to: Route.account.path)
  }

  // MARK: Password

  private func changePassword(
    _ request: Request, _ context: AppContext
  ) async throws -> Response {
    let form = try await FormData(request, context)
    let session = try mayChangePassword(context)
    let words = site.words(context)
    do {
      let token = try await ChangePassword(site.platform)(
        session, old: form["old"], new: form["password"], repeated: form["repeated"],
        context.arrival)
      return try await site.signedIn(
        token, next: session.stage == .complete ? Route.account.path : form["next"], context)
    } catch UseCaseError.credentials(let fault) {
      let field = fault == .passwordWrong ? "old" : "password"
      let text = words.fault(fault, site.platform.signInRules.password)
      return try passwordPage((field, text), next: form["next"], request, context)
    } catch UseCaseError.tooManyTries(let until) {
      let text = words.tooManyTries(until, now: site.platform.now())
      return try passwordPage(("old", text), next: form["next"], request, context)
    }
  }

  /// - Throws: `RequestError.notSignedIn` where something else is wanted first.
  private func mayChangePassword(_ context: AppContext) throws -> SignIn.Session {
    let session = try context.heldSession()
    guard session.stage != .code, session.stage != .enrolment else {
      throw RequestError.notSignedIn
    }
    return session
  }

  private func passwordPage(
    _ fault: (field: String, text: String)?, next: String? = nil, _ request: Request,
    _ context: AppContext
  ) throws -> Response {
    let session = try mayChangePassword(context)
    let words = site.words(context)
    let rules = site.platform.signInRules.password
    return site.page(
      "password",
      [
        "url": Route.password.path, "next": next ?? request.query("next"),
        "username": session.account.username, "is_due": session.stage == .password,
        "due": words("password.due", ["n": String(rules.days)]), "failed": fault != nil,
        "fault": fault?.text ?? "", "fault_field": fault?.field ?? "",
        "old_fault": fault.map { $0.field == "old" ? $0.text.orFalse : false } ?? false,
        "password_fault": fault.map { $0.field == "password" ? $0.text.orFalse : false } ?? false,
        "password_hint": words.passwordHint(rules),
        "is_complete": session.stage == .complete, "url_back": Route.account.path,
      ], title: words("password.title"), request: request, context: context,
      status: fault == nil ? .ok : .unprocessableContent)
  }
}

extension Wording {
  /// `Chrome · Windows`
  func device(_ device: Device) -> String {
    self("device.browser.\(device.browser.rawValue)") + " · "
      + self("device.system.\(device.system.rawValue)")
  }

  /// For what an account acts: a unit, an enterprise; empty for the whole city.
  func place(of seat: AccountSeat, _ places: ShowAccounts.Places) -> String {
    let parts: [String?] = [
      seat.enterprise.flatMap { places.enterprises[$0] }, seat.unit.flatMap { places.units[$0] },
      seat.official.map { self("account.official_number", ["n": String($0.value)]) },
    ]
    return parts.compactMap { $0 }.joined(separator: " · ")
  }

  /// `承办单位 · 示例市/清河县/清河县水利局`
  func seat(_ seat: AccountSeat, _ places: ShowAccounts.Places) -> String {
    let place = place(of: seat, places)
    return self("role.\(seat.role.rawValue)") + (place.isEmpty ? "" : " · " + place)
  }
}

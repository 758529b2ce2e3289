import Cryptography
import Domain
import HTTP
import HTTPTypes
import Hummingbird
import Services
import Storage

/// 账号管理: who may sign in, and as what.
struct AccountPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.accounts, use: list)
    doors.get(.managedAccount(":id")) { request, context in
      try await accountPage(AccountID(context.id()), nil, request, context)
    }
  }

  /// Lines of a page.
  private static let size = 50

  // MARK: List

  private func list(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let words = site.words(context)
    let (filter, text) = try filter(request)
    let before = request.query("before")
    guard before.isEmpty || Int64(before) != nil else { throw RequestError.badQuery }
    let listed = try await ShowAccounts(site.platform).list(
      filter, before: Int64(before).map { AccountID($0) }, size: Self.size, for: account)
    let query = [
      ("role", filter.role?.rawValue ?? ""), ("state", filter.state?.rawValue ?? ""), ("q", text),
    ]
    let view: View = [
      "url": Route.accounts.path, "may_manage": account.may(.manageAccounts),
      "url_new": Route.newAccount.path, "q": text,
      "roles": words.options(
        Role.allCases.map(\.rawValue), named: "role", chosen: filter.role?.rawValue ?? ""),
      "states": words.options(
        AccountRows.Filter.State.allCases.map(\.rawValue), named: "account.state",
        chosen: filter.state?.rawValue ?? ""),
      "accounts": listed.page.items.map { line($0, listed, words) },
      "is_empty": listed.page.items.isEmpty, "filtered": filter != AccountRows.Filter(),
      "has_previous": !before.isEmpty, "url_first": Route.accounts.path(query: query),
      "has_next": listed.page.next != nil,
      "url_next": Route.accounts.path(
        query: query + [("before", listed.page.next.map { String($0.value) } ?? "")]),
    ]
    return site.page(
      "accounts", view, title: words("accounts.title"), request: request, context: context)
  }

  /// - Throws: `RequestError.badQuery` for what is no choice.
  private func filter(_ request: Request) throws -> (AccountRows.Filter, text: String) {
    guard request.isQueryReadable else { throw RequestError.badQuery }
    let (role, state) = (request.query("role"), request.query("state"))
    let text = request.query("q").trimmed
    let filter = AccountRows.Filter(
      role: Role(rawValue: role), state: AccountRows.Filter.State(rawValue: state), naming: text)
    guard role.isEmpty || filter.role != nil, state.isEmpty || filter.state != nil else {
      throw RequestError.badQuery
    }
    return (filter, text)
  }

  private func line(
    _ stored: AccountRows.Stored, _ listed: ShowAccounts.Listed, _ words: Wording
  ) -> View {
    [
      "url": Route.managedAccount(stored.account.id).path,
      "name": stored.account.name.isEmpty ? words("account.erased_name") : stored.account.name,
      "username": stored.account.isService
        ? words.service(of: listed.maker(of: stored.account)) : stored.account.username,
      "role": words("role.\(stored.seat.role.rawValue)"),
      "place": words.place(of: stored.seat, listed.places),
      "state": words("account.state.\(stored.state.rawValue)"),
      "since": words.day(stored.createdAt.day),
    ]
  }

  // MARK: One account

  /// - Parameter fault: why what was asked for was not done.
  func accountPage(
    _ id: AccountID, _ fault: AccountRefusal?, _ request: Request, _ context: AppContext
  ) async throws -> Response {
    let account = try context.signedIn()
    let words = site.words(context)
    let shown = try await ShowAccounts(site.platform).one(id, for: account)
    let stored = shown.stored
    let text = String(id.value)
    let isOpen = stored.closedAt == nil
    let isOther = id != account.id
    let mayManage = account.may(.manageAccounts) && isOpen && isOther
    let name = stored.account.name.isEmpty ? words("account.erased_name") : stored.account.name
    let view: View = [
      "name": name, "username": stored.account.username.orFalse,
      "role": words("role.\(stored.seat.role.rawValue)"),
      "place": words.place(of: stored.seat, shown.places).orFalse,
      "state": words("account.state.\(stored.state.rawValue)"),
      "since": words.time(stored.createdAt),
      "closed_at": stored.closedAt.map { words.time($0) } ?? false,
      "has_second_factor": stored.secondFactorAt != nil,
      "waits_for": shown.request.map {
        words(
          "account.waits.\($0.kind.rawValue)", ["seat": words.seat($0.seat, shown.places)])
      } ?? false,
      "failed": fault != nil,
      "fault": fault.map { words("account.refusal.\($0.rawValue)") } ?? "",
      "service_of": stored.account.isService ? words.service(of: shown.maker) : false,
      "may_manage": mayManage, "is_service": stored.account.isService,
      "may_end": stored.account.isService && isOpen && account.may(.grantRights),
      "may_reseat": !stored.seat.role.isAdministrator && !stored.account.isService,
      "may_reset": account.may(.grantRights) && isOther && stored.secondFactorAt != nil,
      "is_taken_up": stored.isTakenUp,
      "url_link": Route.accountLink(text).path, "url_seat": Route.accountSeat(text).path,
      "url_closure": Route.accountClosure(text).path,
      "url_reset": Route.secondFactorReset(text).path, "url_accounts": Route.accounts.path,
    ]
    return site.page(
      "account-managed", view, title: name, request: request, context: context,
      status: fault == nil ? .ok : .conflict, answersFor: .managedAccount(id))
  }
}

extension Wording {
  /// `程序账号 · 张三`
  func service(of maker: String?) -> String {
    self("services.of", ["name": maker ?? self("account.erased_name")])
  }
}

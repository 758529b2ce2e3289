import Domain
import HTTPTypes
import Services
import Storage

/// 账号管理: who may sign in and as what, what waits to be granted, and the audit.
enum AccountEndpoints {
  static let list: [Endpoint] =
    [find, show, invite, renewLink, close, changeSeat, resetSecondFactor]
    + [requests, decide, audit, own, endToken]

  private static let role = Schema.choice(Role.allCases.map(\.rawValue))

  private static func known(_ shown: ShowAccounts.Shown) -> AccountShapes.Known {
    .init(
      stored: shown.stored, places: shown.places, maker: shown.maker, request: shown.request)
  }

  private static let find = Endpoint.list(
    "/accounts", "listAccounts", .accounts,
    query: [
      .init("role", role),
      .init("state", .choice(AccountRows.Filter.State.allCases.map(\.rawValue))),
      .init("q", .text(least: 1, most: 100)),
    ], AccountShapes.summary
  ) { call in
    let listed = try await ShowAccounts(call.platform).list(
      .init(role: call.word("role"), state: call.word("state"), naming: call["q"]),
      before: call.cursor { AccountID($0) }, size: call.limit, for: call.account)
    return Listed(
      listed.page.items.map {
        .init(stored: $0, places: listed.places, maker: listed.maker(of: $0.account))
      }, next: listed.page.next?.description)
  }

  private static let show = Endpoint.get(
    "/accounts/{id}", "showAccount", .accounts, AccountShapes.detail
  ) { call in
    Found(known(try await ShowAccounts(call.platform).one(call.id(), for: call.account)))
  }

  // MARK: What administrators do

  /// A unit by its path, name or code, an enterprise by its credit code or name.
  private static let members: [ObjectSchema.Member] = [
    .init("role", role), .optional("unit", .text(most: 400)), .optional("official", .id),
    .optional("enterprise", .text(most: 200)),
  ]

  private static func seat(_ call: Call) async throws -> AccountSeat {
    guard let role = call.body["role"].text.flatMap({ Role(rawValue: $0) }) else {
      throw APIError(.badRequest, "bad_body", faults: [.init("/role", .choice)])
    }
    return try await ReadSeat(call.platform)(
      role, unit: call.body["unit"].text ?? "", official: call.body["official"].text ?? "",
      enterprise: call.body["enterprise"].text ?? "")
  }

  private static let invite = Endpoint.create(
    "/accounts", "inviteAccount", .accounts,
    body: ObjectSchema(
      "AccountInvitation",
      members + [.init("name", .line), .optional("phone", .text(most: 40))]), AccountShapes.link
  ) { call in
    guard call.account.may(.manageAccounts) else { throw UseCaseError.forbidden }
    let invited = try await InviteAccount(call.platform)(
      seat(call), name: call.body["name"].text ?? "", phone: call.body["phone"].text ?? "",
      by: call.account)
    return Made(
      .init(id: invited.id, link: invited.link, waits: invited.waits),
      at: "/accounts/\(invited.id)")
  }

  private static let renewLink = Endpoint.act(
    "/accounts/{id}/link", "renewAccountLink", .accounts, AccountShapes.link
  ) { call in
    let id: AccountID = try call.id()
    let link = try await RenewLink(call.platform)(for: id, by: call.account)
    return Found(.init(id: id, link: link, waits: nil))
  }

  private static let close = Endpoint.act(
    "/accounts/{id}/closure", "closeAccount", .accounts
  ) { call in try await CloseAccount(call.platform)(call.id(), by: call.account) }

  private static let changeSeat = Endpoint.act(
    "/accounts/{id}/seat", "changeAccountSeat", .accounts, method: .put,
    body: ObjectSchema("AccountSeatChange", members)
  ) { call in
    guard call.account.may(.manageAccounts) else { throw UseCaseError.forbidden }
    try await ChangeSeat(call.platform)(of: call.id(), to: seat(call), by: call.account)
  }

  private static let resetSecondFactor = Endpoint.act(
    "/accounts/{id}/second-factor", "resetSecondFactor", .accounts, method: .delete
  ) { call in try await RemoveSecondFactor(call.platform)(of: call.id(), by: call.account) }

  // MARK: Grants

  private static let requests = Endpoint.list(
    "/grants", "listGrantRequests", .accounts, AccountShapes.request
  ) { call in
    let waiting = try await ShowAccounts(call.platform).waiting(
      after: call.cursor { AccountID($0) }, size: call.limit, for: call.account)
    return Listed(
      waiting.page.items.map {
        .init(
          request: $0, stored: waiting.accounts[$0.account], places: waiting.places,
          askedBy: waiting.names[$0.askedBy])
      }, next: waiting.page.next?.description)
  }

  private static let decide = Endpoint.act(
    "/grants/{id}/decision", "decideGrant", .accounts,
    body: ObjectSchema(
      "GrantDecision",
      [.init("asked_at", .instant), .init("granted", .bool), .optional("reason", .words)])
  ) { call in
    guard let asked = call.body["asked_at"].text.flatMap({ Instant(rfc3339: $0) }) else {
      throw APIError(.badRequest, "bad_body", faults: [.init("/asked_at", .format)])
    }
    let decision: DecideGrant.Decision =
      call.body["granted"].bool == true
      ? .grant : .refuse(reason: call.body["reason"].text ?? "")
    try await DecideGrant(call.platform)(
      decision, of: call.id(), asked: asked, by: call.account)
  }

  // MARK: Audit

  private static let audit = Endpoint.list(
    "/audit", "listAuditEntries", .accounts,
    query: [
      .init("sort", .choice(AuditRows.Sort.allCases.map(\.rawValue))),
      .init("person", .text(least: 1, most: 100)), .init("from", .day), .init("to", .day),
    ], AccountShapes.entry
  ) { call in
    var filter = AuditRows.Filter()
    (filter.sort, filter.from, filter.to) = (call.word("sort"), call.day("from"), call.day("to"))
    do {
      let page = try await ReadAudit(call.platform)(
        filter, person: call["person"], before: call.cursor { Int64($0) }, size: call.limit,
        for: call.account)
      return Listed(page.items, next: page.next.map { String($0) })
    } catch UseCaseError.unknownAccount {
      throw UseCaseError.notFound
    }
  }

  // MARK: One's own

  private static let own = Endpoint.get(
    "/own/account", "showOwnAccount", nil, AccountShapes.own
  ) { call in
    let shown = try await ShowAccounts(call.platform).own(call.account)
    return Found(.init(known: known(shown), grant: call.grant))
  }

  private static let endToken = Endpoint.act(
    "/own/token", "revokeOwnToken", nil, method: .delete
  ) { call in
    try await RevokeToken(call.platform)(call.grant.token, by: call.account)
  }
}

import Domain
import HTTP
import HTTPTypes
import Hummingbird
import NIOCore
import Services
import Storage

/// The three orders 三单: the list, the page of one with what can be done to it, and the papers.
struct OrderPages: Sendable {
  let site: Site

  /// Papers that are printed in one go.
  private static let printed = 50

  func addRoutes(to doors: Doors) {
    doors.get(.orders, use: list)
    // Before the page of one order, which would take the word for an id.
    doors.get(.ordersPrinted, use: papers)
    doors.get(.order(":id")) { request, context in
      try await show(nil, request, context)
    }
    doors.get(.orderPaper(":id"), use: paper)
    doors.post(.orderAction(":id", ":action"), use: act)
  }

  private func list(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let mayIssue = account.may(.issueOrders)
    let words = site.words(context)
    let query = try OrderQuery(request, startsWithDrafts: mayIssue)
    var (page, unknown) = (OrderPage(items: [], next: nil), String?.none)
    do {
      page = try await ListOrders(site.platform)(
        matching: query.search, before: query.before, for: account)
    } catch UseCaseError.unknownUnit(let name) {
      unknown = name
    }
    let view = OrderListView(words: words).page(
      page, query, mayIssue: mayIssue, unknownUnit: unknown)
    return site.page(
      "orders", view, title: words("orders.title"), request: request, context: context,
      status: unknown == nil ? .ok : .unprocessableContent)
  }

  private func show(
    _ failure: (action: OrderAction, form: FormData, refusals: [Order.Refusal])?,
    _ request: Request, _ context: AppContext
  ) async throws -> Response {
    let account = try context.signedIn()
    let id = OrderID(try context.id())
    let words = site.words(context)
    let detail = try await ShowOrder(site.platform).detail(id, for: account)
    _ = try await InboxPages.read(detail.history.order.content.problem, site.platform, context)
    let view = OrderView(
      words: words, platform: site.platform, detail: detail,
      failure: failure.map { ($0.action, $0.form, $0.refusals.map { words.refusal($0) }) })
    return site.page(
      "order-page", view.page, title: view.title, request: request, context: context,
      status: failure.map { OrderPages.status($0.refusals) } ?? .ok, answersFor: .order(id))
  }

  private static func status(_ refusals: [Order.Refusal]) -> HTTPResponse.Status {
    let notForThem: Set<Order.Refusal> = [
      .notYourRole, .directorOnly, .drafterCannotApprove, .notAddressee,
    ]
    if !notForThem.isDisjoint(with: refusals) { return .forbidden }
    return refusals.contains(.textMissing) || refusals.contains(.textTooLong)
      ? .unprocessableContent : .conflict
  }

  private func act(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let form = try await FormData(request, context)
    guard let action = OrderAction(rawValue: context.parameters.get("action") ?? "") else {
      throw RequestError.notFound
    }
    let id = OrderID(try context.id())
    do {
      try await take(action, id, form, account)
      return Site.redirect(to: Route.order(id).path)
    } catch UseCaseError.orderRefused(let refusals) {
      return try await show((action, form, refusals), request, context)
    }
  }

  private func take(
    _ action: OrderAction, _ id: OrderID, _ form: FormData, _ account: Account
  ) async throws {
    let (platform, text) = (site.platform, form["text"])
    switch action {
    case .issue: _ = try await IssueOrder(platform)(id, by: account)
    case .discard: _ = try await DiscardDraft(platform)(id, reason: text, by: account)
    case .revoke: _ = try await RevokeOrder(platform)(id, reason: text, by: account)
    case .requestReview: _ = try await RequestReview(platform)(id, grounds: text, by: account)
    case .decideReview:
      guard let decision = ReviewDecision(rawValue: form["decision"]) else {
        throw UseCaseError.orderRefused([.textMissing])
      }
      _ = try await DecideReview(platform)(id, decision, text: text, by: account)
    }
  }

  // MARK: Papers

  private func paper(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let order = try await ShowOrder(site.platform)(OrderID(context.id()), for: account).order
    var links = links(request, context)
    links["url_order"] = Route.order(order.id).path
    links["related"] = related(order)
    return html(
      OrderPaper(order: order, procedures: site.platform.procedures).html(
        site.views, context.language, place: .site(links)))
  }

  /// Several, one after the other: `?ids=1&ids=2`.
  private func papers(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let ids = request.uri.queryParameters.getAll("ids").compactMap { OrderID(String($0)) }
    let orders = try await ShowOrder(site.platform).several(
      Array(ids.prefix(Self.printed)), for: account)
    guard !orders.isEmpty else { throw RequestError.notFound }
    let words = site.words(context)
    var view = links(request, context)
    view["linked"] = true
    view["language"] = context.language.tag
    view["url_order"] = Route.orders.path
    view["heading"] = words("orders.printed", ["n": String(orders.count)])
    view["number"] = ""
    view["papers"] = orders.map {
      OrderPaper(order: $0, procedures: site.platform.procedures).view(words)
    }
    return html(site.views.render("order", view, context.language))
  }

  private func links(_ request: Request, _ context: AppContext) -> View {
    [
      "asset_icon": site.assets["icon.svg"], "asset_style": site.assets[OrderPaper.stylesheet],
      "related": [View](), "languages": site.languages(request.uri.string, context),
    ]
  }

  private func html(_ text: String) -> Response {
    Response(
      status: .ok, headers: [.contentType: "text/html; charset=utf-8"],
      body: .init(byteBuffer: ByteBuffer(string: text)))
  }

  /// The orders that the paper names.
  private func related(_ order: Order) -> [View] {
    let content = order.content
    let named = [
      content.follows.map { ($0.order, $0.number) }, content.revokes.map { ($0.order, $0.number) },
      order.revoked.map { ($0.by, $0.number) },
    ]
    return named.compactMap(\.self).map { id, number in
      ["url": Route.orderPaper(id.description).path, "name": number.description]
    }
  }
}

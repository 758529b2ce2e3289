import Domain
import HTTPTypes
import Services
import Storage

/// The three orders 三单: the list, one with what it says, and what can be done to it.
enum OrderEndpoints {
  static let list: [Endpoint] = [find, show, issue, discard, revoke, requestReview, decideReview]

  /// A choice that is a state to whoever looks, and a review in the rules.
  private static let underReview = "review"

  private static let find = Endpoint.list(
    "/orders", "listOrders", .orders,
    query: [
      .init("kind", .choice(OrderKind.allCases.map(\.rawValue))),
      .init("state", .choice(OrderState.allCases.map(\.rawValue) + [underReview])),
      .init("unit", .line), .init("number", .line), .init("problem", .integer(least: 1)),
    ], OrderShapes.summary
  ) { call in
    var search = ListOrders.Search()
    (search.kind, search.state) = (call.word("kind"), call.word("state"))
    search.isUnderReview = call["state"] == underReview
    (search.unit, search.number, search.problem) = (call["unit"], call["number"], call["problem"])
    let page = try await ListOrders(call.platform)(
      matching: search, before: call.cursor { OrderID($0) }, limit: call.limit,
      for: call.account)
    return Listed(page.items, next: page.next?.description)
  }

  private static let show = Endpoint.get(
    "/orders/{id}", "showOrder", .orders, OrderShapes.order, versions: .told
  ) { call in
    let detail = try await ShowOrder(call.platform).detail(try call.id(), for: call.account)
    return Found(detail, version: detail.history.order.version)
  }

  // MARK: Deeds

  private static func request(_ name: String, _ member: String) -> ObjectSchema {
    ObjectSchema(name, [.init(member, .text(least: 1, most: Problem.maximumText))])
  }

  private static func deed(
    _ action: OrderAction, _ name: String, body: ObjectSchema? = nil,
    _ work: @escaping @Sendable (Call, OrderID) async throws -> Order
  ) -> Endpoint {
    .act(
      "/orders/{id}/\(action.resource)", name, .orders, body: body, OrderShapes.standing,
      versions: .told
    ) { call in
      let order = try await work(call, try call.id())
      return Found(order, version: order.version)
    }
  }

  private static let issue = deed(.issue, "issueOrder") { call, id in
    try await IssueOrder(call.platform)(id, by: call.account)
  }

  private static let discard = deed(
    .discard, "discardOrder", body: request("DiscardOrderRequest", "reason")
  ) { call, id in
    try await DiscardDraft(call.platform)(
      id, reason: call.body["reason"].text ?? "", by: call.account)
  }

  /// Gives the document that revokes it.
  private static let revoke = deed(
    .revoke, "revokeOrder", body: request("RevokeOrderRequest", "reason")
  ) { call, id in
    try await RevokeOrder(call.platform)(
      id, reason: call.body["reason"].text ?? "", by: call.account)
  }

  private static let requestReview = deed(
    .requestReview, "requestOrderReview", body: request("RequestOrderReviewRequest", "grounds")
  ) { call, id in
    try await RequestReview(call.platform)(
      id, grounds: call.body["grounds"].text ?? "", by: call.account)
  }

  private static let decideReview = deed(
    .decideReview, "decideOrderReview",
    body: ObjectSchema(
      "DecideOrderReviewRequest",
      [
        .init("decision", .choice(ReviewDecision.allCases.map(\.rawValue))),
        .init("text", .text(least: 1, most: Problem.maximumText)),
      ])
  ) { call, id in
    let decision = ReviewDecision(rawValue: call.body["decision"].text ?? "") ?? .upheld
    return try await DecideReview(call.platform)(
      id, decision, text: call.body["text"].text ?? "", by: call.account)
  }
}

import Domain
import Services
import Storage

/// Orders as programs see them.
enum OrderShapes {
  static let summary = Shape<OrderSummary>(
    "OrderSummary",
    [
      .init(id: "id") { $0.id },
      .init(choice: "kind") { $0.kind },
      .init(choice: "state") { $0.state },
      .init("track") { $0.track.rawValue },
      .init("number") { $0.number?.description },
      .init(id: "problem_id") { $0.problem },
      .init("title") { $0.title },
      .init("addressee") { $0.addressee },
      .init("drafted_at") { $0.draftedAt },
      .init("issued_at") { $0.issuedAt },
      .init("review_by") { $0.reviewBy },
      .init("is_under_review") { $0.isUnderReview },
    ])

  // MARK: What it says

  private static let party = Shape<OrderContent.Party>(
    "OrderParty", [.init(id: "unit_id") { $0.unit }, .init("name") { $0.name }])

  private static let milestone = Shape<OrderContent.Milestone>(
    "OrderMilestone",
    [
      .init("kind") { $0.kind },
      .init("day") { $0.day },
      .init("at") { $0.instant },
      .init("is_provisional") { $0.isProvisional },
    ])

  private static let figure = Shape<OrderContent.Figure>(
    "OrderFigure", [.init(choice: "code") { $0.code }, .init("value") { $0.value }])

  private static let reference = Shape<OrderContent.Reference>(
    "OrderReference",
    [.init(id: "id") { $0.order }, .init("number") { $0.number.description }])

  private static let revokes = Shape<OrderContent.Revoked>(
    "OrderRevokes",
    [
      .init(id: "id") { $0.order },
      .init("number") { $0.number.description },
      .init("issued_on") { $0.issuedOn },
      .init("reason") { $0.reason },
    ])

  private static let content = Shape<OrderContent>("OrderContent", wordFields + figureFields)

  private static let wordFields: [Field<OrderContent>] = [
    .init("title") { $0.title },
    .init("detail") { $0.detail },
    .init("demand") { $0.demand },
    .init("concerns") { $0.concerns },
    .init("addressee", party) { $0.addressee },
    .init("about", optional: party) { $0.about },
    .init("signatory") { $0.signatory },
    .init("copies") { $0.copies },
    .init("note") { $0.note },
  ]

  private static let figureFields: [Field<OrderContent>] = [
    .init("leg") { $0.leg },
    .init("round") { $0.round },
    .init(choice: "role") { $0.role },
    .init("rule") { $0.rule },
    .init("rule_version") { $0.ruleVersion },
    .init("milestones", list: milestone) { $0.milestones },
    .init("figures", list: figure) { $0.figures },
    .init("causes") { $0.causes.map { Choice($0) } },
    .init("follows", optional: reference) { $0.follows },
    .init("revokes", optional: revokes) { $0.revokes },
  ]

  // MARK: One order

  private static let revoked = Shape<OrderEvent.Revoked>(
    "OrderRevokedBy",
    [
      .init(id: "id") { $0.by },
      .init("number") { $0.number.description },
      .init("reason") { $0.reason },
    ])

  private static let review = Shape<Order.Review>(
    "OrderReview",
    [
      .init("grounds") { $0.grounds },
      .init("requested_at") { $0.requestedAt },
      .init(choice: "decision") { $0.decided?.decision },
      .init("decision_text") { $0.decided?.text },
      .init("decided_at") { $0.decidedAt },
    ])

  /// What somebody who acted needs to go on.
  static let standing = Shape<Order>("OrderStanding", ownFields)

  private static let ownFields: [Field<Order>] = [
    .init(id: "id") { $0.id },
    .init("version") { $0.version },
    .init(choice: "kind") { $0.content.kind },
    .init(choice: "state") { $0.state },
    .init("track") { $0.content.track.rawValue },
    .init("number") { $0.number?.description },
    .init(id: "problem_id") { $0.content.problem },
    .init("problem_number") { $0.content.problemNumber },
    .init("drafted_at") { $0.draftedAt },
    .init("issued_at") { $0.issuedAt },
    .init("discarded_at") { $0.discardedAt },
    .init("discard_reason") { $0.discarded?.reason },
    .init("revoked_at") { $0.revokedAt },
    .init("revoked_by", optional: revoked) { $0.revoked },
    .init("review_by") { $0.reviewBy },
    .init("review", optional: review) { $0.review },
  ]

  private struct NamedStep: Sendable {
    let step: OrderHistory.Step
    let actor: String?
  }

  private static let step = Shape<NamedStep>(
    "OrderStep",
    [
      .init("version") { $0.step.version },
      .init("at") { $0.step.at },
      .init("kind") { OrderEventCodec.kind(of: $0.step.event) },
      .init("actor") { $0.actor },
    ])

  private struct Option: Sendable {
    let action: OrderAction
    let refusals: [Order.Refusal]
  }

  private static let option = Shape<Option>(
    "OrderOption",
    [
      .init(choice: "action") { $0.action },
      .init("resource") { $0.action.resource },
      .init("is_allowed") { $0.refusals.isEmpty },
      .init("reasons") { $0.refusals.map { Choice($0) } },
    ])

  static let order = Shape<ShowOrder.Detail>(
    "OrderDetail",
    [
      .init("order", standing) { $0.history.order },
      .init("content", content) { $0.history.order.content },
      .init("steps", list: step) { detail in
        detail.history.steps.map { NamedStep(step: $0, actor: detail.actorNames[$0.actor]) }
      },
      .init("options", list: option) { detail in
        detail.options.map { Option(action: $0.action, refusals: $0.refusals) }
      },
    ])
}

extension OrderAction {
  /// What a deed makes, as the address has it.
  var resource: String {
    switch self {
    case .issue: "issuance"
    case .discard: "dismissal"
    case .revoke: "revocation"
    case .requestReview: "review-request"
    case .decideReview: "review-decision"
    }
  }
}

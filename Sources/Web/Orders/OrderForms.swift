import Domain
import HTTP
import Services
import Storage

/// What can be done to an order, each with what it will do.
struct OrderForms {
  let words: Wording
  let detail: ShowOrder.Detail
  let failure: (action: OrderAction, form: FormData, faults: [String])?

  /// Nobody needs to read that they cannot do what is another's, or makes no sense now.
  private static let selfEvident: Set<Order.Refusal> = [
    .wrongState, .notYourRole, .notReviewable, .notAddressee, .noReviewOpen, .revocationStands,
  ]

  private var order: Order { detail.history.order }

  static func id(_ action: OrderAction) -> String { "action-" + action.rawValue }

  var views: [View] {
    let offered = detail.options.filter { Self.selfEvident.isDisjoint(with: $0.refusals) }
    // Only what is waited for opens itself; putting aside and taking back are nobody's daily work.
    let primary = offered.first {
      $0.refusals.isEmpty && [.issue, .decideReview].contains($0.action)
    }?.action
    return offered.map { option in
      var form = ActForm(
        id: Self.id(option.action), name: words("order.action.\(option.action.rawValue)"),
        will: will(option.action),
        url: Route.orderAction(order.id.description, option.action.rawValue).path)
      form.fields = fields(option.action)
      form.reasons = option.refusals.map { words.refusal($0) }
      form.isPrimary = option.action == primary
      if failure?.action == option.action {
        (form.posted, form.faults) = (failure?.form, failure?.faults ?? [])
      }
      return form.view
    }
  }

  private func will(_ action: OrderAction) -> String {
    let copies = order.content.copies.joined(separator: words("punctuation.list"))
    return words(
      "order.will.\(action.rawValue)",
      [
        "series": order.series, "addressee": order.content.addressee.name,
        "copies": copies.isEmpty ? words("order.no_copies") : copies,
      ])
  }

  private func fields(_ action: OrderAction) -> [ActForm.Field] {
    switch action {
    case .issue: []
    case .discard, .revoke, .requestReview:
      [.text("text", label: words("order.text.\(action.rawValue)"))]
    case .decideReview:
      [
        .radio(
          "decision", label: words("field.finding"),
          ReviewDecision.allCases.map { ($0.rawValue, words("order.decision.\($0.rawValue)")) }),
        .text("text", label: words("order.text.decide_review")),
      ]
    }
  }
}

extension Wording {
  /// Why something may not be done to an order.
  func refusal(_ refusal: Order.Refusal) -> String {
    self("order.refusal.\(refusal.rawValue)", ["n": String(Problem.maximumText)])
  }
}

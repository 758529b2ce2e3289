import Domain
import HTTP
import Services
import Storage

/// The page of one order: what it says, what became of it, and what can be done.
struct OrderView {
  let words: Wording
  let platform: Platform
  let detail: ShowOrder.Detail
  /// What was sent and refused.
  var failure: (action: OrderAction, form: FormData, faults: [String])?

  private var order: Order { detail.history.order }
  private var content: OrderContent { order.content }

  var title: String {
    order.number?.description
      ?? words("orders.draft_of", ["kind": words("order.kind.\(content.kind.rawValue)")])
  }

  var page: View {
    let now = platform.now()
    let forms = OrderForms(words: words, detail: detail, failure: failure).views
    var view = OrderPaper(order: order, procedures: platform.procedures).view(words)
    view.merge(
      [
        "order_title": title, "kind": words("order.kind.\(content.kind.rawValue)"),
        "state": order.isUnderReview
          ? words("order.state.review") : words("order.state.\(order.state.rawValue)"),
        "url_list": Route.orders.path, "url_paper": Route.orderPaper(order.id.description).path,
        "facts": facts, "actions": forms, "has_actions": !forms.isEmpty,
        "failed": failure != nil,
        "failures": failure?.faults.map { ["text": $0] as View } ?? [],
        "failed_field": failure.map { OrderForms.id($0.action) } ?? "",
        "steps": detail.history.steps.reversed().map { step($0, now) },
      ]
    ) { $1 }
    return view
  }

  private var facts: [View] {
    var facts: [View] = []
    func add(_ label: String, _ value: String, link: String = "") {
      if !value.isEmpty {
        facts.append(["label": words(label), "value": value, "link": link.orFalse])
      }
    }
    let problem = "\(words.number(content.problemNumber)) \(content.title)"
    add("order.problem", problem, link: Route.problem(content.problem).path)
    add("order.addressee", content.addressee.name)
    add("order.about", content.about?.name ?? "")
    add("order.copies", content.copies.joined(separator: words("punctuation.list")))
    add("order.issued_at", order.issuedAt.map { words.time($0) } ?? "")
    add("order.drafted_at", order.draftedAt.map { words.time($0) } ?? "")
    add("order.review_until", reviewUntil)
    for (label, reference) in related {
      add(label, reference.1.description, link: Route.order(reference.0).path)
    }
    return facts
  }

  private var reviewUntil: String {
    order.reviewBy.map { words.day(Instant(milliseconds: $0.milliseconds - 1).day) } ?? ""
  }

  /// The orders it names.
  private var related: [(String, (OrderID, OrderNumber))] {
    let named: [(String, (OrderID, OrderNumber)?)] = [
      ("order.follows_on", content.follows.map { ($0.order, $0.number) }),
      ("order.revokes", content.revokes.map { ($0.order, $0.number) }),
      ("order.revoked_by", order.revoked.map { ($0.by, $0.number) }),
    ]
    return named.compactMap { label, reference in reference.map { (label, $0) } }
  }

  private func step(_ step: OrderHistory.Step, _ now: Instant) -> View {
    var (name, text) = ("", "")
    switch step.event {
    case .drafted: name = words("order.event.drafted")
    case .issued: name = words("order.event.issued")
    case .discarded(let why): (name, text) = (words("order.event.discarded"), why.reason)
    case .revoked(let by): (name, text) = (words("order.event.revoked"), by.reason)
    case .reviewRequested(let asked):
      (name, text) = (words("order.event.review_requested"), asked.grounds)
    case .reviewDecided(let decided):
      (name, text) = (words("order.decision.\(decided.decision.rawValue)"), decided.text)
    }
    let who =
      step.actor == .system
      ? words("actor.system") : detail.actorNames[step.actor] ?? words("actor.erased")
    return [
      "name": name, "who": who, "ago": words.ago(step.at, now: now), "time": words.time(step.at),
      "text": text, "has_text": !text.isEmpty,
    ]
  }
}

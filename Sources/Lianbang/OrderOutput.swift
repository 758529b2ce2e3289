import Domain
import Storage

/// An order as JSON: snake case, ids as text, times with their offset.
struct OrderOutput: Encodable {
  struct Due: Encodable {
    let milestone: String
    let due_date: String
    let due_instant: String
    let provisional: Bool
  }

  struct Figure: Encodable {
    let code: String
    let value: Int
  }

  struct Step: Encodable {
    let version: Int
    let at: String
    let actor: String
    let kind: String
  }

  let id: String
  let version: Int
  let kind: String
  let state: String
  let number: String?
  let track: String
  let problem: String
  let problem_number: Int64
  let title: String
  let detail: String
  let demand: String
  let concerns: String
  let addressee: String
  let about: String?
  let role: String?
  let leg: Int
  let round: Int
  let rule: String?
  let rule_version: Int?
  let milestones: [Due]
  let figures: [Figure]
  let causes: [String]
  let follows: String?
  let revokes: String?
  let revoked_by: String?
  let copies: [String]
  let signatory: String
  let note: String
  let issued_at: String?
  let review_by: String?
  let review_requested_at: String?
  let review_decision: String?
  let discard_reason: String?
  let history: [Step]?

  init(_ order: Order, history: OrderHistory? = nil) {
    let content = order.content
    id = order.id.description
    version = order.version
    (kind, state) = (content.kind.rawValue, order.state.rawValue)
    number = order.number?.description
    track = content.track.rawValue
    (problem, problem_number) = (content.problem.description, content.problemNumber)
    (title, detail, demand) = (content.title, content.detail, content.demand)
    concerns = content.concerns
    (addressee, about) = (content.addressee.name, content.about?.name)
    (role, leg, round) = (content.role?.rawValue, content.leg, content.round)
    (rule, rule_version) = (content.rule, content.ruleVersion)
    milestones = content.milestones.map {
      Due(
        milestone: $0.kind, due_date: $0.day.description, due_instant: $0.instant.description,
        provisional: $0.isProvisional)
    }
    figures = content.figures.map { Figure(code: $0.code.rawValue, value: $0.value) }
    causes = content.causes.map(\.rawValue)
    follows = content.follows?.number.description
    revokes = content.revokes?.number.description
    revoked_by = order.revoked?.number.description
    (copies, signatory, note) = (content.copies, content.signatory, content.note)
    issued_at = order.issuedAt?.description
    review_by = order.reviewBy?.description
    review_requested_at = order.review?.requestedAt.description
    review_decision = order.review?.decided?.decision.rawValue
    discard_reason = order.discarded?.reason
    self.history = history?.steps.map {
      Step(
        version: $0.version, at: $0.at.description, actor: $0.actor.description,
        kind: OrderEventCodec.kind(of: $0.event))
    }
  }
}

struct OrderListOutput: Encodable {
  struct Item: Encodable {
    let id: String
    let kind: String
    let state: String
    let number: String?
    let problem: String
    let title: String
    let addressee: String
    let issued_at: String?
    let review_by: String?
    let under_review: Bool
  }

  let orders: [Item]
  /// Pass as --before for the next page; absent on the last.
  let next: String?

  init(_ page: OrderPage) {
    orders = page.items.map {
      Item(
        id: $0.id.description, kind: $0.kind.rawValue, state: $0.state.rawValue,
        number: $0.number?.description, problem: $0.problem.description, title: $0.title,
        addressee: $0.addressee, issued_at: $0.issuedAt?.description,
        review_by: $0.reviewBy?.description, under_review: $0.isUnderReview)
    }
    next = page.next?.description
  }
}

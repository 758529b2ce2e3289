/// The events that follow from what people ask for. Each throws all reasons against it.
extension Order {
  /// The first event of a new order that waits for approval.
  package static func draft(
    _ content: OrderContent, series: String
  ) throws(Refused) -> OrderEvent {
    try check(content, series)
    return .drafted(.init(content: content, series: series))
  }

  /// The first event of an order issued at once, which a recommendation never is unless it revokes
  /// another.
  package static func issue(
    _ content: OrderContent, number: OrderNumber, on day: Day
  ) throws(Refused) -> OrderEvent {
    try check(content, number.series)
    guard content.kind != .accountability || content.revokes != nil else {
      throw Refused([.needsApproval])
    }
    return .issued(issued(content, number, day))
  }

  /// - Parameter names: of the units it names, as they are called today.
  package func issue(
    number: OrderNumber, names: [UnitID: String] = [:], in surroundings: Surroundings
  ) throws(Refused) -> OrderEvent {
    try permit(.issue, surroundings)
    var content = content
    content.addressee.rename(names)
    content.about?.rename(names)
    return .issued(Order.issued(content, number, surroundings.now.day))
  }

  package func discard(
    reason: String, in surroundings: Surroundings
  ) throws(Refused) -> OrderEvent {
    try permit(.discard, surroundings)
    return .discarded(.init(reason: try Order.text(reason)))
  }

  /// What the document says that revokes this one: the same to the same, without dates or figures.
  package func revocation(
    reason: String, in surroundings: Surroundings
  ) throws(Refused) -> OrderContent {
    try permit(.revoke, surroundings)
    // What can be revoked is issued, so it has a number.
    guard let number, let issuedAt else { throw Refused([.wrongState]) }
    var new = content
    (new.milestones, new.figures, new.causes) = ([], [], [])
    (new.demand, new.note, new.follows) = ("", "", nil)
    new.revokes = .init(
      order: id, number: number, issuedOn: issuedAt.day, reason: try Order.text(reason))
    return new
  }

  /// - Parameter new: the document that revokes it, issued just now.
  package func revoked(by new: Order) throws(Refused) -> OrderEvent {
    guard state == .issued, let number = new.number, let what = new.content.revokes,
      what.order == id
    else { throw Refused([.wrongState]) }
    return .revoked(.init(by: new.id, number: number, reason: what.reason))
  }

  package func requestReview(
    grounds: String, in surroundings: Surroundings
  ) throws(Refused) -> OrderEvent {
    try permit(.requestReview, surroundings)
    return .reviewRequested(.init(grounds: try Order.text(grounds)))
  }

  package func decideReview(
    _ decision: ReviewDecision, text: String, in surroundings: Surroundings
  ) throws(Refused) -> OrderEvent {
    try permit(.decideReview, surroundings)
    return .reviewDecided(.init(decision: decision, text: try Order.text(text)))
  }

  private func permit(_ action: OrderAction, _ surroundings: Surroundings) throws(Refused) {
    let refusals = refusals(of: action, in: surroundings)
    guard refusals.isEmpty else { throw Refused(refusals) }
  }

  private static func check(_ content: OrderContent, _ series: String) throws(Refused) {
    for words in [content.title, content.addressee.name, content.signatory, series]
    where words.trimmed.isEmpty {
      throw Refused([.textMissing])
    }
  }

  private static func issued(
    _ content: OrderContent, _ number: OrderNumber, _ day: Day
  ) -> OrderEvent.Issued {
    let isReviewed = content.kind == .accountability && content.revokes == nil
    return .init(
      content: content, number: number, reviewBy: isReviewed ? reviewBy(issuedOn: day) : nil)
  }
}

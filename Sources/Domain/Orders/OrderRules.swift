extension Order {
  /// Why somebody may not do something to an order now. The text comes from the catalogue.
  package enum Refusal: String, Error, Hashable, Sendable, CaseIterable {
    /// The order is not in a state where this can happen: what is issued stays as it is.
    case wrongState = "wrong_state"
    case notYourRole = "not_your_role"
    /// Accountability is the office director's.
    case directorOnly = "director_only"
    /// Whoever drafted a recommendation by hand does not issue it.
    case drafterCannotApprove = "drafter_cannot_approve"
    /// A recommendation is never issued without a draft before it.
    case needsApproval = "needs_approval"
    /// Only accountability recommendations are reviewed.
    case notReviewable = "not_reviewable"
    /// Only the unit that has to answer may ask for review.
    case notAddressee = "not_addressee"
    /// The thirty days are over.
    case reviewOver = "review_over"
    /// Review is asked for once.
    case reviewedAlready = "reviewed_already"
    /// Nobody has asked for review, or it is decided.
    case noReviewOpen = "no_review_open"
    /// Review has been asked for: that is decided first.
    case reviewOpen = "review_open"
    /// What revokes is not revoked: a new order is issued instead.
    case revocationStands = "revocation_stands"
    case textMissing = "text_missing"
    /// The text is longer than `Problem.maximumText` characters.
    case textTooLong = "text_too_long"
  }

  /// All reasons against what was asked for; nothing has happened.
  package struct Refused: Error, Hashable, Sendable {
    package let refusals: [Refusal]

    package init(_ refusals: [Refusal]) { self.refusals = refusals }
  }

  /// What a decision may look at besides the order.
  package struct Surroundings: Sendable {
    package var now: Instant
    package var actor: Actor
    /// Whether they may issue orders at all.
    package var mayIssue: Bool
    /// Whether they are the office director.
    package var mayApprove: Bool
    /// Whether they work for the unit that has to answer.
    package var isAddressee: Bool

    package init(
      now: Instant, actor: Actor, mayIssue: Bool, mayApprove: Bool, isAddressee: Bool
    ) {
      (self.now, self.actor, self.isAddressee) = (now, actor, isAddressee)
      (self.mayIssue, self.mayApprove) = (mayIssue, mayApprove)
    }
  }

  /// All reasons against an action, whatever its arguments; empty where it can be done.
  package func refusals(of action: OrderAction, in surroundings: Surroundings) -> [Refusal] {
    guard action.states.contains(state) else { return [.wrongState] }
    let isAccountability = content.kind == .accountability
    var found: [Refusal] = []
    func refuse(_ refusal: Refusal, when fault: Bool) { if fault { found.append(refusal) } }
    switch action {
    case .issue:
      refuse(.notYourRole, when: !surroundings.mayIssue)
      refuse(.directorOnly, when: isAccountability && !surroundings.mayApprove)
      let isDrafter = draftedBy != .system && draftedBy == surroundings.actor
      refuse(.drafterCannotApprove, when: isAccountability && isDrafter)
    case .discard:
      refuse(.notYourRole, when: !surroundings.mayIssue)
    case .revoke:
      refuse(.notYourRole, when: !surroundings.mayIssue)
      refuse(.directorOnly, when: isAccountability && !surroundings.mayApprove)
      refuse(.revocationStands, when: content.revokes != nil)
      refuse(.reviewOpen, when: isUnderReview)
    case .requestReview:
      guard let reviewBy else { return [.notReviewable] }
      refuse(.notAddressee, when: !surroundings.isAddressee)
      refuse(.reviewedAlready, when: review != nil)
      refuse(.reviewOver, when: surroundings.now >= reviewBy)
    case .decideReview:
      guard reviewBy != nil else { return [.notReviewable] }
      refuse(.directorOnly, when: !surroundings.mayApprove)
      refuse(.noReviewOpen, when: !isUnderReview)
    }
    return found
  }

  /// A text that has to be there, without white space at its ends.
  package static func text(_ words: String) throws(Refused) -> String {
    let trimmed = words.trimmed
    guard !trimmed.isEmpty else { throw Refused([.textMissing]) }
    guard trimmed.unicodeScalars.count <= Problem.maximumText else {
      throw Refused([.textTooLong])
    }
    return trimmed
  }
}

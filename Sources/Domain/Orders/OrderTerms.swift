/// The words of the field for the three orders 三单 (DOMAIN.md 5). Raw values are stored and sent:
/// never renamed.

/// Which of the documents it is.
package enum OrderKind: String, Sendable, Codable, CaseIterable {
  /// 交办单: one per leg, at assignment
  case assignment
  /// 催办单: a milestone was missed
  case urging
  /// 问效建议单: issued by the office director only, open to one review
  case accountability
  /// 移送函: to courts, discipline, the petitions office
  case referral
}

package enum OrderState: String, Sendable, Codable, CaseIterable {
  /// Waits for approval, without a number.
  case draft
  /// In force.
  case issued
  /// Never issued.
  case discarded
  /// Taken back by a later document that names it.
  case revoked
}

/// What the office director makes of a request for review 复核.
package enum ReviewDecision: String, Sendable, Codable, CaseIterable {
  case upheld
  /// The order is revoked with it.
  case withdrawn
}

/// What can be done to an order that is there.
package enum OrderAction: String, Sendable, CaseIterable {
  case issue, discard, revoke
  case requestReview = "request_review"
  case decideReview = "decide_review"

  /// The states in which it makes sense: the one transition table.
  package var states: Set<OrderState> {
    switch self {
    case .issue, .discard: [.draft]
    case .revoke, .requestReview, .decideReview: [.issued]
    }
  }
}

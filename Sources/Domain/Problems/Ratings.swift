/// Handlers see totals of ratings, never who said what (DOMAIN.md 5, independent evaluation).
extension Problem {
  package var withoutRatings: Problem {
    var problem = self
    for index in problem.rounds.indices { problem.rounds[index].rating = nil }
    return problem
  }
}

extension ProblemEvent {
  /// Whether whoever asked may read it: what happens to their problem, not what handlers and the office
  /// tell each other on the way.
  package var isForAsker: Bool {
    switch self {
    case .registered, .takenOver, .accepted, .declined, .assigned, .acknowledged, .feedback,
      .extensionDecided, .claimed, .verified, .evaluated, .redone, .closed, .reopened, .shelved,
      .shelvingReviewed, .unshelved, .referred, .referralAnswered, .merged, .unmerged,
      .masterClosed, .supplemented:
      true
    default: false
    }
  }

  /// Whether only the office may read it: what the asker said, and papers that are still drafts.
  package var isForOffice: Bool {
    switch self {
    case .evaluated, .returnVisited, .evaluationLinkIssued, .urgingDrafted,
      .accountabilityDrafted:
      true
    default: false
    }
  }
}

/// A span of a problem as figures read it: a row of `problem_spans`, or the same made from events.
package struct FigureRow: Hashable, Sendable {
  package let problem: ProblemID
  /// Within the problem, from 1.
  package let span: Int
  package let from: Instant
  /// When the problem was there as far as is known by now: of the first span the day it was found.
  package let begins: Instant
  package let to: Instant?
  package let endsRound: Bool
  package let foundAt: Instant
  package let registeredAt: Instant
  package let track: Track
  package let origin: Origin?
  package let area: Area
  package let facts: Problem.Facts

  package init(
    problem: ProblemID, span: Int, from: Instant, begins: Instant, to: Instant?,
    endsRound: Bool, foundAt: Instant, registeredAt: Instant, track: Track, origin: Origin?,
    area: Area, facts: Problem.Facts
  ) {
    (self.problem, self.span, self.from, self.begins) = (problem, span, from, begins)
    (self.to, self.endsRound, self.foundAt) = (to, endsRound, foundAt)
    (self.registeredAt, self.track, self.origin) = (registeredAt, track, origin)
    (self.area, self.facts) = (area, facts)
  }

  /// When something came to pass, or is due.
  func instant(of milestone: Milestone) -> Instant? {
    switch milestone {
    case .found: foundAt
    case .registered: registeredAt
    case .accepted: facts.acceptedAt
    case .declined: facts.declinedAt
    case .judged: facts.judgedAt
    case .assigned: facts.assignedAt
    case .due: facts.dueAt
    case .yellow: facts.yellowAt
    case .acknowledged: facts.acknowledgedAt
    case .feedback: facts.feedbackAt
    case .objected: facts.objectedAt
    case .extended: facts.extendedAt
    case .suspended: facts.suspendedAt
    case .claimed: facts.claimedAt
    case .verified: facts.verifiedAt
    case .failed: facts.failedAt
    case .evaluated: facts.evaluatedAt
    case .closed: facts.closedAt
    case .lookedBack: facts.lookedBackAt
    case .merged: facts.mergedAt
    case .shelved: facts.shelvedAt
    case .referred: facts.referredAt
    case .paired, .contacted: nil
    }
  }

  /// The value of an attribute, from the instant on from which it holds.
  func value(of attribute: Attribute) -> (code: String, since: Instant?)? {
    func held(_ code: String?, _ since: Instant?) -> (code: String, since: Instant?)? {
      code.map { ($0, since) }
    }
    return switch attribute {
    case .track: held(track.rawValue, nil)
    case .origin: held(origin?.rawValue, nil)
    case .round: held(String(facts.round), nil)
    case .batch: held(facts.batch == nil ? nil : "yes", nil)
    case .category: held(facts.category, facts.judgedAt ?? registeredAt)
    case .difficulty: held(facts.difficulty?.rawValue, facts.judgedAt)
    case .tier: held(facts.tier, facts.tierSince)
    case .outcome: held(facts.outcome?.rawValue, facts.claimedAt)
    case .rating: held(facts.rating?.rawValue, facts.evaluatedAt)
    case .pushedDown: held(facts.pushedDown == true ? "yes" : nil, facts.assignedAt)
    case .lookBack:
      held(facts.lookBackPassed.map { $0 ? "passed" : "failed" }, facts.lookedBackAt)
    case .lamp, .kind: nil
    }
  }
}

extension Problem {
  package var figureRows: [FigureRow] {
    let found = Instant(startOf: registration.foundOn)
    return spans.enumerated().map { index, span in
      FigureRow(
        problem: id, span: index + 1, from: span.from,
        // What was registered late was there before, as far as is known now.
        begins: index == 0 ? min(found, span.from) : span.from, to: span.to,
        endsRound: span.endsRound, foundAt: found, registeredAt: registeredAt, track: track,
        origin: registration.origin, area: registration.area ?? Area(), facts: span.facts)
    }
  }
}

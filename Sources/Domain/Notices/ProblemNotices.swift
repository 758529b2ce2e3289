/// Who is told what of an event: the one place that says so. The most specific comes first; who is told
/// of an event once is not told again. Whoever acted is left out by the caller.
extension Notice {
  /// - Parameters:
  ///   - problem: after what happened.
  ///   - before: as it was.
  package static func of(
    _ event: ProblemEvent, _ problem: Problem, before: Problem
  ) -> [Notice] {
    let all = notices(of: event, problem, before)
    return all.filter { !$0.recipients.isEmpty }
  }

  private static func notices(
    of event: ProblemEvent, _ problem: Problem, _ before: Problem
  ) -> [Notice] {
    let askers = askers(of: problem)
    switch event {
    case .registered: return [Notice(.registered, [.office])]
    case .accepted, .escalated, .referralAnswered: return [Notice(.moved, askers)]
    case .declined: return [Notice(.declined, askers)]
    case .assigned:
      return [Notice(.assigned, new(problem, before)), Notice(.moved, askers)]
    case .redone:
      // Not why: a handler must not learn how an asker rated.
      return [Notice(.redone, new(problem, before)), Notice(.moved, askers)]
    case .feedback: return [Notice(.moved, askers)]
    case .supplemented: return [Notice(.supplemented, running(problem) + [.office])]
    case .objected, .extensionAsked, .planned: return [Notice(.asked, [.office])]
    case .objectionRuled(let ruled):
      return [Notice(.objectionRuled, party(ruled.leg, problem))]
    case .extensionDecided(let decided):
      // The asker is told when it takes longer (DOMAIN.md 4).
      return [Notice(.extensionDecided, party(decided.leg, problem))]
        + (decided.approved ? [Notice(.moved, askers)] : [])
    case .planDecided(let decided): return [Notice(.planDecided, party(decided.leg, problem))]
    case .suspended(let suspended): return [Notice(.redated, party(suspended.leg, problem))]
    case .resumed(let resumed): return [Notice(.redated, party(resumed.leg, problem))]
    case .redated(let redated):
      return [Notice(.redated, redated.legs.flatMap { party($0.leg, problem) })]
    case .legWithdrawn(let told): return [Notice(.withdrawn, party(told.leg, problem))]
    case .answered:
      let lead = before.round?.lead.map { [recipient($0)] } ?? []
      return claimed(problem, before) + [Notice(.moved, lead)]
    case .claimed: return claimed(problem, before)
    case .verified:
      guard let enterprise = problem.registration.concernsEnterprise else {
        return [Notice(.moved, askers)]
      }
      return [Notice(.evaluationWanted, [.enterprise(enterprise)]), Notice(.moved, askers)]
    case .closed: return [Notice(.closed, askers + handlers(of: problem))]
    case .shelved, .unshelved, .referred, .merged, .unmerged:
      return [Notice(.moved, running(before) + askers)]
    case .reopened, .masterClosed: return [Notice(.moved, askers)]
    case .reminded(let climbed):
      return [
        Notice(.dueSoon, climbed.leg.map { party($0, problem) } ?? [.office])
      ]
    case .urged(let climbed):
      return [Notice(.urged, climbed.leg.map { party($0, problem) } ?? [])]
    // Drafts are told of by the order; ratings and visits to nobody.
    case .urgingDrafted, .accountabilityDrafted, .evaluationLinkIssued, .evaluated,
      .returnVisited, .verificationFailed, .lookedBack:
      return []
    case .takenOver, .judged, .acknowledged, .stepDone, .shelvingReviewed, .absorbed, .released,
      .split, .batched, .unbatched:
      return []
    }
  }

  /// Whom the problem concerns, and whoever registered it.
  private static func askers(of problem: Problem) -> [Recipient] {
    var recipients: [Recipient] = []
    if let enterprise = problem.registration.concernsEnterprise {
      recipients.append(.enterprise(enterprise))
    }
    if let place = problem.registration.concernsUnit { recipients.append(.village(place)) }
    if case .account(let account) = problem.registeredBy { recipients.append(.account(account)) }
    return recipients
  }

  private static func recipient(_ leg: Leg) -> Recipient {
    switch leg.party {
    case .unit(let unit): .handlers(unit)
    case .official(let official): .official(official)
    }
  }

  /// The party of a leg, whatever became of the leg.
  private static func party(_ number: Int?, _ problem: Problem) -> [Recipient] {
    let leg =
      number.flatMap { number in
        problem.rounds.lazy.flatMap(\.legs).first { $0.number == number }
      } ?? problem.round?.lead
    return leg.map { [recipient($0)] } ?? []
  }

  /// Those whose legs just began.
  private static func new(_ problem: Problem, _ before: Problem) -> [Recipient] {
    (problem.round?.legs ?? []).filter { $0.number > before.legCount }.map(recipient)
  }

  private static func running(_ problem: Problem) -> [Recipient] {
    (problem.round?.openLegs ?? []).map(recipient)
  }

  /// Those who reported in the round.
  private static func handlers(of problem: Problem) -> [Recipient] {
    (problem.round?.legs ?? []).filter { $0.answeredAt != nil }.map(recipient)
  }

  /// The office checks when the last line has reported, not before.
  private static func claimed(_ problem: Problem, _ before: Problem) -> [Notice] {
    problem.state == .claimed && before.state != .claimed ? [Notice(.claimed, [.office])] : []
  }
}

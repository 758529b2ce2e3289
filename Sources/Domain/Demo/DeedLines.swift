/// Who has a problem of the demo city now, as far as those who act next have to know.
package struct DeedLines: Sendable {
  package private(set) var lead: UnitID?
  package private(set) var official: (leg: Int, id: OfficialID)?
  package private(set) var coHandler: (leg: Int, unit: UnitID)?
  package private(set) var dueOn: Day?

  package init(_ problem: Problem) {
    guard let round = problem.round else { return }
    lead = round.unit
    dueOn = round.lead?.finalDue?.day
    for leg in round.openLegs {
      switch (leg.role, leg.party) {
      case (.official, .official(let id)): official = (leg.number, id)
      case (.coHandler, .unit(let unit)): coHandler = (leg.number, unit)
      default: break
      }
    }
  }
}

extension Deed {
  /// The command it is.
  /// - Returns: nil where nobody is there to do it, and for what needs more than the problem: assignment,
  ///   merging, the asker's link and rating.
  package func command(_ lines: DeedLines?, today: Day) -> ProblemCommand? {
    switch self {
    case .judge(let category, let difficulty, let tier, let note):
      .judge(category: category, difficulty: difficulty, tier: tier, note: note)
    case .decline(let reason, let instead): .decline(reason: reason, instead: instead)
    case .acknowledge: .acknowledge(leg: nil)
    case .feedback(let text): .feedback(leg: nil, text: text)
    case .object(let text): .object(leg: nil, text: text)
    case .ruleObjection(let isUpheld, let text):
      .ruleObjection(leg: nil, upheld: isUpheld, text: text)
    case .askExtension(let days, let text):
      .askExtension(leg: nil, until: max(today, lines?.dueOn ?? today) + days, text: text)
    case .decideExtension(let isApproved, let text):
      .decideExtension(leg: nil, approved: isApproved, text: text)
    case .suspend(let text, let basis): .suspend(leg: nil, text: text, basis: basis)
    case .resume(let text): .resume(leg: nil, text: text)
    case .feedbackOnLine(let text): lines?.official.map { .feedback(leg: $0.leg, text: text) }
    case .answer(let text): lines?.official.map { .answer(leg: $0.leg, text: text) }
    case .answerAsCoHandler(let text): lines?.coHandler.map { .answer(leg: $0.leg, text: text) }
    case .claim(let outcome, let text, let evidence):
      .claim(outcome: outcome, result: text, evidence: evidence)
    case .verify(let passed, let text): .verify(passed: passed, text: text)
    case .visit(let rating, let text): .returnVisit(rating: rating, text: text)
    case .close: .close
    case .shelve(let reason, let text, let days):
      .shelve(reason, text: text, reviewOn: today + days)
    case .reviewShelving(let reason, let text, let days):
      .reviewShelving(reason, text: text, reviewOn: today + days)
    case .unshelve(let text): .unshelve(text: text)
    case .escalate(let reason, let tried): .escalate(reason: reason, tried: tried)
    case .refer(let lane, let to, let text): .refer(lane, to: to, text: text)
    case .answerReferral(let text): .answerReferral(text: text)
    case .assign, .merge, .askRating, .rate: nil
    }
  }
}

extension ProblemEvent {
  /// What the instance that handed a problem up is told when this happens to it here.
  /// - Parameters:
  ///   - problem: as it is after it; its registration says under which number it was handed up.
  ///   - unitName: what a unit is called.
  package func report(
    on problem: Problem, unitName: (UnitID) throws -> String?
  ) rethrows -> ExchangeMessage? {
    guard let handing = problem.registration.handing?.sequence else { return nil }
    func step(
      _ step: ExchangeStep, unit: String? = nil, due: Day? = nil, text: String? = nil
    ) -> ExchangeMessage {
      .progressed(.init(handing: handing, problem, step, unit: unit, due: due, text: text))
    }
    func answer(_ outcome: Outcome, _ text: String) -> ExchangeMessage {
      .answered(.init(handing: handing, problem, outcome, text))
    }
    switch self {
    case .registered: return step(.registered)
    case .accepted: return step(.accepted)
    case .judged: return step(.judged)
    case .assigned(let assigned):
      return try step(
        .assigned, unit: unitName(assigned.unit), due: ProblemEvent.solution(assigned.due))
    case .redone(let assigned):
      return try step(
        .redone, unit: unitName(assigned.unit), due: ProblemEvent.solution(assigned.due))
    case .extensionDecided(let decided):
      return decided.approved && decided.leg == problem.round?.lead?.number
        ? step(.extended, due: ProblemEvent.solution(decided.due)) : nil
    case .claimed: return step(.claimed)
    case .verified: return step(.verified)
    case .reopened: return step(.reopened)
    case .shelved(let shelved), .shelvingReviewed(let shelved):
      return step(.shelved, due: shelved.reviewOn, text: shelved.text)
    case .unshelved: return step(.unshelved)
    case .escalated: return step(.escalated)
    case .merged: return step(.merged)
    case .closed:
      return problem.round?.claim.map { answer($0.outcome, $0.result) }
    case .declined(let declined):
      return answer(.declined, [declined.reason, declined.instead].joined(separator: "\n"))
    case .masterClosed(let master): return answer(master.outcome, master.result)
    case .referred(let referred):
      // What went up further is still awaited; what went to another lane is not.
      return referred.handing != nil
        ? step(.handedOn, unit: referred.to)
        : answer(.transferred, [referred.to, referred.text].joined(separator: "\n"))
    // The answer from further up is the answer.
    case .referralAnswered(let told): return answer(.transferred, told.text)
    default: return nil
    }
  }

  private static func solution(_ due: [Due]) -> Day? { due.last { $0.milestone.isFinal }?.day }
}

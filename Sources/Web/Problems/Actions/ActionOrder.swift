import Domain

/// What whoever looks at a problem will most likely do next.
struct ActionOrder {
  let problem: Problem
  let role: Role
  let now: Instant

  /// - Returns: its place among what is offered first; nil for what stands under “more”.
  func place(of option: Problem.Option) -> Int? {
    expected(option.leg.flatMap { problem.leg($0) }).firstIndex(of: option.action)
  }

  private func expected(_ leg: Leg?) -> [ProblemAction] {
    switch problem.state {
    case .registered, .accepted: [.judge, .accept, .decline]
    case .judged: [.assign, .judge]
    case .assigned, .acknowledged, .inProgress: leg.map(expected) ?? []
    case .claimed: [.verify]
    case .verified: [.returnVisit]
    case .evaluated, .returnVisited: [.close]
    case .closed: [.lookBack]
    case .declined: [.reopen]
    case .merged: [.unmerge]
    case .shelved: [.unshelve, .reviewShelving]
    case .referred: [.answerReferral]
    }
  }

  private func expected(_ leg: Leg) -> [ProblemAction] {
    if role.may(.act(.judge)) {
      let urging: [ProblemAction] =
        switch leg.lamp(at: now) {
        case .red, .yellow: [.urge]
        case .green, .grey: []
        }
      return [.ruleObjection, .decideExtension, .decidePlan, .resume] + urging
    }
    let report = leg.role == .lead ? ProblemAction.claim : .answer
    if leg.acknowledgedAt == nil { return [.acknowledge, .feedback, report] }
    if leg.firstFeedbackAt == nil { return [.feedback, report] }
    return leg.plan?.approvedAt == nil ? [report, .feedback] : [.completeStep, report, .feedback]
  }
}

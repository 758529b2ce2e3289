/// What commands on a leg lead to.
extension Problem {
  func decideOnLeg(
    _ command: ProblemCommand, _ texts: inout Texts, _ reasons: inout [Refusal],
    _ surroundings: Surroundings
  ) -> [ProblemEvent] {
    guard let leg = openLeg(command.leg) else { return [] }
    let number = leg.number
    let projection = Projection(surroundings)
    switch command {
    case .acknowledge: return [.acknowledged(.init(leg: number))]
    case .feedback(_, let words):
      return acknowledged(leg, .feedback(.init(leg: number, text: texts.required(words))))
    case .object(_, let words):
      return [.objected(.init(leg: number, text: texts.required(words)))]
    case .ruleObjection(_, let upheld, let words):
      return [.objectionRuled(.init(leg: number, upheld: upheld, text: texts.required(words)))]
    case .askExtension(_, let until, let words):
      if let final = leg.finalDue {
        if until <= final.day { reasons.append(.extensionNotLater) }
        if until - surroundings.now.day > Problem.farthest { reasons.append(.extensionTooLong) }
        if let most = surroundings.rule.longestExtension {
          let end = Projection(surroundings).due(final.milestone, most, final.instant)
          if let end, until > end.day { reasons.append(.extensionTooLong) }
        }
      }
      return [.extensionAsked(.init(leg: number, until: until, text: texts.required(words)))]
    case .decideExtension(_, let approved, let words):
      let until = leg.extended?.until ?? surroundings.now.day
      if approved, until <= surroundings.now.day { reasons.append(.dayNotAhead) }
      // A suspension may have moved the day meanwhile.
      if approved, let final = leg.finalDue, until <= final.day {
        reasons.append(.extensionNotLater)
      }
      return [
        .extensionDecided(
          .init(
            leg: number, approved: approved, text: texts.required(words),
            due: approved ? projection.extended(leg, until: until, now: surroundings.now) : []))
      ]
    case .suspend(_, let words, let basis):
      return [
        .suspended(
          .init(leg: number, text: texts.required(words), basis: texts.required(basis)))
      ]
    case .resume(_, let words):
      return [
        .resumed(
          .init(
            leg: number, text: texts.required(words),
            due: projection.redated(leg, now: surroundings.now)))
      ]
    case .answer(_, let words):
      return acknowledged(leg, .answered(.init(leg: number, text: texts.required(words))))
    case .claim(let outcome, let result, let evidence):
      if !surroundings.procedure.outcomes.contains(outcome) { reasons.append(.outcomeNotClaimable) }
      if leg.plan?.approvedAt != nil, leg.plan!.done.count < leg.plan!.steps.count {
        reasons.append(.planOpen)
      }
      let claim = ProblemEvent.Claimed(
        leg: number, outcome: outcome, result: texts.required(result),
        evidence: texts.required(evidence))
      return acknowledged(leg, .claimed(claim))
    case .withdraw(_, let words):
      return [.legWithdrawn(.init(leg: number, text: texts.required(words)))]
    case .urge(_, let words):
      return [
        .urged(
          .init(
            leg: number, milestone: leg.nextDue?.milestone, step: leg.nextDue?.step,
            due: leg.nextDue?.day, text: texts.required(words)))
      ]
    case .proposeAccountability(_, let words):
      return [
        .accountabilityDrafted(
          .init(leg: number, text: texts.required(words)))
      ]
    default: return decideOnPlan(command, leg, &texts, &reasons, surroundings)
    }
  }

  private func decideOnPlan(
    _ command: ProblemCommand, _ leg: Leg, _ texts: inout Texts, _ reasons: inout [Refusal],
    _ surroundings: Surroundings
  ) -> [ProblemEvent] {
    switch command {
    case .plan(_, let steps):
      let days = steps.map(\.due)
      if steps.isEmpty || steps.count > Problem.maximumSteps || days != days.sorted()
        || days.contains(where: {
          $0 <= surroundings.now.day || $0 - surroundings.now.day > Problem.farthest
        })
      {
        reasons.append(.badSteps)
      }
      let checked = steps.map {
        ProblemEvent.Planned.Step(
          text: texts.required($0.text), owner: texts.required($0.owner), due: $0.due)
      }
      return acknowledged(leg, .planned(.init(leg: leg.number, steps: checked)))
    case .decidePlan(_, let approved, let words):
      let steps = leg.plan?.steps ?? []
      return [
        .planDecided(
          .init(
            leg: leg.number, approved: approved, text: texts.required(words),
            due: approved ? Projection(surroundings).steps(steps, now: surroundings.now) : []))
      ]
    case .completeStep(_, let step, let words):
      if let plan = leg.plan, !plan.steps.indices.contains(step - 1) || plan.done[step] != nil {
        reasons.append(.noSuchStep)
      }
      return [.stepDone(.init(leg: leg.number, step: step, text: texts.required(words)))]
    default: return []
    }
  }

  /// A handler who reports has plainly received the order: the acknowledgement is recorded with it.
  private func acknowledged(_ leg: Leg, _ event: ProblemEvent) -> [ProblemEvent] {
    leg.acknowledgedAt == nil ? [.acknowledged(.init(leg: leg.number)), event] : [event]
  }
}

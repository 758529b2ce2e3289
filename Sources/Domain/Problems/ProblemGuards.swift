/// Whether the state, the persons and the clocks so far allow an action, whatever its texts.
extension Problem {
  /// - Parameter leg: its number; nil for the lead handler's.
  /// - Returns: every reason against it; none where it may be done.
  package func reasons(
    against action: ProblemAction, leg: Int?, by who: Who, in surroundings: Surroundings
  ) -> [Refusal] {
    reasons(
      against: action, openLeg: action.isOfLeg ? openLeg(leg) : nil, by: who, in: surroundings)
  }

  /// - Parameter leg: on which it would be done; nil where there is none, or it is done on the whole.
  func reasons(
    against action: ProblemAction, openLeg leg: Leg?, by who: Who, in surroundings: Surroundings
  ) -> [Refusal] {
    var found: [Refusal] = who.actions.contains(action) ? [] : [.notYourRole]
    guard action.states.contains(state) else { return found + [.wrongState] }
    if ProblemAction.directing.contains(action), !who.isDirector {
      found.append(.directorDecides)
    }
    if action.isCheck, round?.handlers.contains(who.actor) == true {
      found.append(.handlerCannotVerify)
    }
    if action.isDecision, round?.handlers.contains(who.actor) == true {
      found.append(.handlerCannotDecide)
    }
    if action.isOfLeg {
      guard let leg else { return found + [.noSuchLeg] }
      if ProblemAction.handling.contains(action), !who.answersFor(leg) {
        found.append(.notYourLeg)
      }
      return found + reasons(against: action, on: leg, in: surroundings)
    }
    return found + reasons(against: action, in: surroundings)
  }

  func openLeg(_ number: Int?) -> Leg? {
    let leg = number.map { self.leg($0) } ?? round?.lead
    return leg.flatMap { $0.isOpen ? $0 : nil }
  }

  private func reasons(
    against action: ProblemAction, on leg: Leg, in surroundings: Surroundings
  ) -> [Refusal] {
    var reasons: [Refusal] = []
    func refuse(_ reason: Refusal, if holds: Bool) { if holds { reasons.append(reason) } }
    switch action {
    case .acknowledge: refuse(.alreadyAcknowledged, if: leg.acknowledgedAt != nil)
    case .feedback, .completeStep: break
    case .claim, .answer:
      refuse(.onlyTheLead, if: action == .claim && leg.role != .lead)
      refuse(.leadClaims, if: action == .answer && leg.role == .lead)
      refuse(.suspended, if: leg.isSuspended)
      refuse(.objectionPending, if: leg.hasPendingObjection)
    case .object:
      refuse(.notAcknowledged, if: leg.acknowledgedAt == nil)
      refuse(.objectionUsed, if: leg.objection != nil)
      refuse(
        .objectionLate, if: objectionEnds(leg, surroundings).map { surroundings.now >= $0 } == true)
    case .ruleObjection: refuse(.noObjection, if: !leg.hasPendingObjection)
    case .askExtension:
      refuse(.extensionUsed, if: leg.extended != nil)
      refuse(.suspended, if: leg.isSuspended)
      refuse(
        .extensionLate,
        if: leg.finalDue.map { surroundings.now >= $0.instant || leg.met($0) != nil } ?? true)
    case .decideExtension:
      refuse(.noExtension, if: !leg.hasPendingExtension)
      refuse(.suspended, if: leg.isSuspended)
    case .suspend: refuse(.suspended, if: leg.isSuspended)
    case .resume: refuse(.notSuspended, if: !leg.isSuspended)
    case .plan:
      refuse(.planPending, if: leg.plan != nil)
      refuse(.leadClaims, if: leg.role != .lead)
    case .decidePlan: refuse(.noPlan, if: !leg.hasPendingPlan)
    case .urge, .proposeAccountability: refuse(.suspended, if: leg.isSuspended)
    default: break
    }
    if action == .completeStep { refuse(.noPlan, if: leg.plan?.approvedAt == nil) }
    return reasons
  }

  private func reasons(
    against action: ProblemAction, in surroundings: Surroundings
  ) -> [Refusal] {
    switch action {
    case .returnVisit:
      // The asker's own word comes first: a visit takes its place only after the window.
      let end = evaluationEnd(surroundings.procedure, surroundings.calendar)
      return end.map { surroundings.now < $0 } == true ? [.evaluationWindowOpen] : []
    case .lookBack:
      // A sample is drawn whatever was looked at before: it must be able to find out for itself.
      let isDone = round?.lookedBackAt != nil && !surroundings.isSampled
      return isDone ? [.alreadyLookedBack] : []
    case .escalate:
      return surroundings.procedure.tier(above: tier?.code) == nil ? [.noHigherTier] : []
    case .merge: return (absorbed.isEmpty ? [] : [.hasParts]) + (batch != nil ? [.inBatch] : [])
    case .joinBatch: return batch != nil ? [.inBatch] : []
    case .leaveBatch: return batch == nil ? [.notInBatch] : []
    default: return []
    }
  }

  /// Until when the handler of a leg may object: a working day after it acknowledged, or what the rule
  /// says.
  private func objectionEnds(_ leg: Leg, _ surroundings: Surroundings) -> Instant? {
    guard let acknowledged = leg.acknowledgedAt, let budget = surroundings.rule.objection else {
      return nil
    }
    return end(of: budget, from: acknowledged, surroundings)
  }

  /// Until when the asker's own rating is waited for.
  package func evaluationEnd(_ procedure: Procedure, _ calendar: WorkingCalendar) -> Instant? {
    round?.verifiedAt.map {
      DueDate(
        start: $0, budget: procedure.evaluationWindow, rollOver: false, calendar: calendar
      ).instant
    }
  }

  func end(of budget: Budget, from start: Instant, _ surroundings: Surroundings) -> Instant {
    DueDate(
      start: start, budget: budget, rollOver: surroundings.rule.rollOver,
      calendar: surroundings.calendar
    ).instant
  }
}

/// What happens within a round.
extension Problem {
  /// - Returns: false where the event is none of a leg's.
  mutating func applyToLeg(_ event: ProblemEvent, at: Instant, by actor: Actor) -> Bool {
    switch event {
    case .acknowledged(let mark):
      moved(to: .acknowledged, leg: mark.leg, by: actor) { $0.acknowledgedAt = at }
    case .feedback(let told):
      moved(to: .inProgress, leg: told.leg, by: actor) {
        $0.firstFeedbackAt = $0.firstFeedbackAt ?? at
      }
    case .objected(let told):
      moved(to: nil, leg: told.leg, by: actor) { $0.objection = Leg.Objection(at: at) }
    case .objectionRuled(let ruled): rule(ruled, at: at)
    case .extensionAsked(let asked):
      moved(to: nil, leg: asked.leg, by: actor) {
        $0.extended = Leg.Extension(askedAt: at, until: asked.until)
      }
    case .extensionDecided(let decided):
      changeLeg(decided.leg) { leg in
        leg.extended?.decidedAt = at
        leg.extended?.approved = decided.approved
        leg.redate(decided.due)
      }
    case .suspended(let suspended):
      changeLeg(suspended.leg) { $0.suspensions.append(Suspension(from: at, until: nil)) }
    case .resumed(let resumed):
      changeLeg(resumed.leg) { leg in
        leg.endSuspension(at)
        leg.redate(resumed.due)
      }
    case .redated(let reprojected):
      for part in reprojected.legs { changeLeg(part.leg) { $0.redate(part.due) } }
    case .planned(let planned):
      moved(to: nil, leg: planned.leg, by: actor) { $0.plan = Leg.Plan(steps: planned.steps) }
    case .planDecided(let decided):
      changeLeg(decided.leg) { leg in
        guard decided.approved else {
          leg.plan = nil
          return
        }
        leg.plan?.approvedAt = at
        leg.due += decided.due
      }
    case .stepDone(let done):
      moved(to: .inProgress, leg: done.leg, by: actor) { $0.plan?.done[done.step] = at }
    case .answered(let told):
      moved(to: nil, leg: told.leg, by: actor) { $0.answeredAt = at }
      finishRound(at: at)
    case .claimed(let claim):
      moved(to: .inProgress, leg: claim.leg, by: actor) { $0.answeredAt = at }
      changeRound { $0.claim = claim }
      finishRound(at: at)
    case .legWithdrawn(let told):
      changeLeg(told.leg) { $0.withdraw(.office, at: at) }
      withoutLeg(told.leg, at: at)
    default: return false
    }
    return true
  }

  /// - Returns: false where the event is none of a round's.
  mutating func applyToRound(_ event: ProblemEvent, at: Instant, by actor: Actor) -> Bool {
    switch event {
    case .verified:
      state = .verified
      changeRound {
        $0.verifiedAt = at
        $0.verifiedBy = actor
      }
    case .verificationFailed:
      changeRound { $0.verificationFailedAt = at }
    case .evaluated(let evaluation):
      state = .evaluated
      changeRound {
        $0.evaluatedAt = at
        $0.rating = evaluation.rating
      }
    case .returnVisited(let visit):
      state = .returnVisited
      changeRound {
        $0.returnVisitedAt = at
        $0.rating = visit.rating
      }
    case .lookedBack(let look):
      changeRound {
        $0.lookedBackAt = at
        $0.lookBackPassed = look.passed
      }
    default: return false
    }
    return true
  }

  /// A step on a leg. The problem's own state follows the lead handler's leg.
  private mutating func moved(
    to next: ProblemState?, leg number: Int?, by actor: Actor, _ change: (inout Leg) -> Void
  ) {
    changeLeg(number, change)
    changeRound { $0.handlers.insert(actor) }
    let isLead = number == nil || number == round?.lead?.number
    if let next, isLead { state = next }
  }

  private mutating func rule(_ ruled: ProblemEvent.Ruled, at: Instant) {
    changeLeg(ruled.leg) { leg in
      leg.objection?.ruledAt = at
      leg.objection?.upheld = ruled.upheld
      if ruled.upheld { leg.withdraw(.objection, at: at) }
    }
    if ruled.upheld { withoutLeg(ruled.leg, at: at) }
  }

  /// Without a lead handler it has to be assigned again, to everybody.
  private mutating func withoutLeg(_ number: Int?, at: Instant) {
    guard number.flatMap({ leg($0) })?.role == .lead else { return finishRound(at: at) }
    withdrawLegs(.leadLeft, at: at)
    state = .judged
  }

  /// It goes to verification when the lead handler and the official's line have reported
  /// (双反馈); co-handlers answer the lead handler, whose claim ends their legs.
  private mutating func finishRound(at: Instant) {
    guard let round, round.claim != nil, round.claimedAt == nil, !round.linesOpen else { return }
    changeRound { round in
      round.claimedAt = at
      for index in round.legs.indices where round.legs[index].isOpen {
        round.legs[index].withdraw(.overtaken, at: at)
      }
    }
    state = .claimed
  }
}

extension Leg {
  /// Takes new dates for the milestones they name; the others stay.
  mutating func redate(_ new: [ProblemEvent.Due]) {
    for date in new {
      let index = due.firstIndex { $0.milestone == date.milestone && $0.step == date.step }
      if let index { due[index] = date }
    }
  }
}

extension Problem {
  /// Something somebody has to do now: a line of a to-do list.
  package struct Task: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
      case judge, assign
      /// The handler's: acknowledge, report or solve, whichever comes first.
      case handle
      case ruleObjection = "rule_objection"
      case decideExtension = "decide_extension"
      case decidePlan = "decide_plan"
      case verify
      case returnVisit = "return_visit"
      case close
      case reviewShelving = "review_shelving"
      case answerReferral = "answer_referral"
    }

    /// Whose it is.
    package enum Party: Hashable, Sendable {
      case office
      case unit(UnitID)
      case official(OfficialID)
    }

    package let kind: Kind
    /// 0 where it is of the problem as a whole.
    package let leg: Int
    package let party: Party
    /// From when on it can be done.
    package let from: Instant
    package let due: Instant?
    package let yellow: Instant?
  }

  /// All that has to be done to it now, by whoever.
  package func tasks(_ procedure: Procedure, _ calendar: WorkingCalendar) -> [Task] {
    func office(_ kind: Task.Kind, from: Instant, due: ProblemEvent.Due? = nil) -> Task {
      Task(
        kind: kind, leg: 0, party: .office, from: from, due: due?.instant, yellow: due?.yellow)
    }
    let own = registrationDue.filter { met($0) == nil }.min { $0.instant < $1.instant }
    switch state {
    case .registered, .accepted: return [office(.judge, from: since, due: own)]
    case .judged: return [office(.assign, from: since, due: own)]
    case .assigned, .acknowledged, .inProgress:
      return (round?.openLegs ?? []).flatMap(tasks)
    case .claimed: return [office(.verify, from: since)]
    case .verified:
      return [office(.returnVisit, from: evaluationEnd(procedure, calendar) ?? since)]
    case .evaluated, .returnVisited: return [office(.close, from: since)]
    case .shelved:
      let review = shelving.map { Instant(startOf: $0.reviewOn + 1) }
      let day = shelving.map { Instant(startOf: $0.reviewOn) }
      return [
        Task(
          kind: .reviewShelving, leg: 0, party: .office, from: day ?? since, due: review,
          yellow: day)
      ]
    case .referred: return [office(.answerReferral, from: since)]
    case .closed, .declined, .merged: return []
    }
  }

  private func tasks(of leg: Leg) -> [Task] {
    let party: Task.Party =
      switch leg.party {
      case .unit(let unit): .unit(unit)
      case .official(let official): .official(official)
      }
    let next = leg.nextDue
    var tasks = [
      Task(
        kind: .handle, leg: leg.number, party: party, from: leg.assignedAt, due: next?.instant,
        yellow: next?.yellow)
    ]
    func office(_ kind: Task.Kind, from: Instant) {
      tasks.append(
        Task(kind: kind, leg: leg.number, party: .office, from: from, due: nil, yellow: nil))
    }
    if leg.hasPendingObjection, let at = leg.objection?.at { office(.ruleObjection, from: at) }
    if leg.hasPendingExtension, let at = leg.extended?.askedAt {
      office(.decideExtension, from: at)
    }
    if leg.hasPendingPlan { office(.decidePlan, from: leg.assignedAt) }
    return tasks
  }
}

/// What assignments and the records of earlier systems make of a problem.
extension Problem {
  mutating func assign(_ assignment: ProblemEvent.Assigned, at: Instant) {
    state = .assigned
    if rounds.isEmpty || needsNewRound || round?.closedAt != nil {
      rounds.append(Round(number: rounds.count + 1, assignment: assignment, assignedAt: at))
      needsNewRound = false
    }
    let number = rounds.count
    func leg(
      _ role: LegRole, _ party: Leg.Party, _ due: [ProblemEvent.Due], isPushedDown: Bool
    ) -> Leg {
      legCount += 1
      return Leg(
        number: legCount, round: number, role: role, party: party, rule: assignment.rule,
        ruleVersion: assignment.ruleVersion, assignedAt: at, isPushedDown: isPushedDown, due: due)
    }
    let others = assignment.others ?? []
    let isLeadPushedDown =
      assignment.pushedDown != nil
      && (assignment.isLeadPushedDown ?? !others.contains { $0.isPushedDown == true })
    var legs = [leg(.lead, .unit(assignment.unit), assignment.due, isPushedDown: isLeadPushedDown)]
    for other in others {
      let party =
        other.official.map { Leg.Party.official($0) } ?? other.unit.map { .unit($0) }
      if let party {
        legs.append(leg(other.role, party, other.due, isPushedDown: other.isPushedDown ?? false))
      }
    }
    changeRound { round in
      round.legs += legs
      // What the handler before claimed is not what the new one will.
      round.claim = nil
    }
  }

  /// The platform saw none of it: the days become facts of a round that is marked as taken over.
  mutating func takeOver(_ past: ProblemEvent.TakenOver) {
    category = past.category
    let judged = past.judgedOn ?? past.assignedOn ?? past.claimedOn ?? past.closedOn
    guard let judged else { return }
    acceptedAt = Instant(startOf: judged)
    judgedAt = Instant(startOf: judged)
    difficulty = .general
    state = .judged
    guard let unit = past.unit,
      let assigned = past.assignedOn ?? past.claimedOn ?? past.closedOn
    else {
      if past.claimedOn ?? past.closedOn != nil {
        closeTakenOver(
          past, assigned: past.assignedOn ?? past.claimedOn ?? past.closedOn ?? judged)
      }
      return
    }
    let due = past.dueOn.map { [ProblemEvent.Due(takenOver: $0, from: assigned)] } ?? []
    assign(
      .init(unit: unit, rule: "", ruleVersion: 0, due: due, note: ""),
      at: Instant(startOf: assigned))
    closeTakenOver(past, assigned: assigned)
  }

  private mutating func closeTakenOver(_ past: ProblemEvent.TakenOver, assigned: Day) {
    if rounds.isEmpty {
      rounds.append(
        Round(number: 1, assignment: nil, assignedAt: Instant(startOf: assigned)))
    }
    let claimed = past.claimedOn ?? past.closedOn
    changeRound { round in
      if past.closedOn != nil { round.takenOver = past }
      guard let claimed else { return }
      let at = Instant(startOf: claimed)
      round.claim = .init(outcome: past.outcome ?? .solved, result: "", evidence: "")
      round.claimedAt = at
      for index in round.legs.indices { round.legs[index].answeredAt = at }
      if let closed = past.closedOn { round.closedAt = Instant(startOf: closed) }
      round.rating = past.rating
    }
    if claimed != nil { state = .claimed }
    if past.closedOn != nil { state = .closed }
  }
}

extension ProblemEvent.Due {
  /// The day that earlier records name, by whatever rule they had.
  fileprivate init(takenOver day: Day, from assigned: Day) {
    let days = max(1, day - assigned)
    milestone = .solveGeneral
    budget = .calendarDays(days)
    self.day = day
    nominal = day
    instant = Instant(startOf: day + 1)
    yellow = Instant(startOf: day + 1 + -max(1, days / 3))
    skipped = []
    isProvisional = false
  }
}

import Domain

extension LoopModel {
  /// Whether somebody may do it.
  func allows(_ deed: Deed, among all: [LoopModel], own: Int, now: Instant) -> Bool {
    let action = deed.action
    let names = (LoopModel.table[state] ?? "").split(separator: " ")
    guard names.contains(where: { $0 == action.rawValue }) else { return false }
    // The asker rates by the link alone.
    if action == .evaluate { return hasLink && windowEnds.map { now < $0 } == true }
    guard sees(deed.person), deed.isComplete else { return false }
    if LoopModel.onLeg.contains(action) {
      guard let index = index(of: deed.leg) else { return false }
      let mayDo =
        LoopModel.handling.contains(action)
        ? LoopModel.speaks(deed.person, for: legs[index].party) : deed.person.isOffice
      return mayDo && allows(deed, on: legs[index], now: now)
    }
    guard deed.person.isOffice else { return false }
    switch action {
    case .assign:
      let charged = [deed.lead] + deed.others
      let isTownships = tier.map { $0 <= 1 } ?? false
      return Set(charged).count == charged.count
        && (!charged.contains(.town) || isTownships || deed.givesReason)
    case .verify: return !hands.contains(deed.person)
    case .returnVisit:
      return !hands.contains(deed.person) && windowEnds.map { now >= $0 } == true
    case .lookBack: return !hands.contains(deed.person) && !wasLookedBack
    case .shelve, .reviewShelving: return deed.person == .director && deed.days > 0
    case .escalate: return (tier ?? -1) < LoopModel.tiers.count - 1
    case .merge:
      let open: Set<ProblemState> = [
        .registered, .accepted, .judged, .assigned, .acknowledged, .inProgress,
      ]
      return parts.isEmpty && !inBatch && deed.partner != own
        && all[deed.partner].track == track && open.contains(all[deed.partner].state)
    case .joinBatch: return !inBatch && track == .village
    case .leaveBatch: return inBatch
    default: return true
    }
  }

  private func allows(_ deed: Deed, on leg: Leg, now: Instant) -> Bool {
    switch deed.action {
    case .acknowledge: return !leg.acknowledged
    case .object:
      return leg.acknowledged && leg.objection == .none
        && leg.objectionEnds.map { now < $0 } == true
    case .ruleObjection: return leg.objection == .pending && !hands.contains(deed.person)
    case .askExtension:
      guard let due = leg.due else { return false }
      return leg.extending == .none && !leg.suspended && now < due.instant
        && now.day + deed.days > due.day
    case .decideExtension:
      return leg.extending == .pending && !leg.suspended && !hands.contains(deed.person)
    case .suspend, .urge, .proposeAccountability: return !leg.suspended
    case .resume: return leg.suspended
    case .plan:
      return leg.role == .lead && leg.plan == .none && deed.steps > 0 && deed.days > 0
    case .decidePlan:
      if hands.contains(deed.person) { return false }
      if case .pending = leg.plan { return true } else { return false }
    case .completeStep:
      guard case .approved(let count, let done) = leg.plan else { return false }
      return (1...count).contains(deed.steps) && !done.contains(deed.steps)
    case .answer, .claim:
      if (leg.role == .lead) != (deed.action == .claim) { return false }
      if case .approved(let count, let done) = leg.plan, deed.action == .claim, done.count < count {
        return false
      }
      let claimable: Set<Outcome> = [.solved, .partly, .explained]
      return !leg.suspended && leg.objection != .pending
        && (deed.action == .answer || claimable.contains(deed.outcome))
    default: return true
    }
  }

  // MARK: What comes of it

  mutating func apply(_ deed: Deed, among all: [LoopModel], now: Instant) {
    if LoopModel.onLeg.contains(deed.action), let index = index(of: deed.leg) {
      return apply(deed, onLegAt: index, now: now)
    }
    switch deed.action {
    case .accept: (state, wasAccepted) = (.accepted, true)
    case .decline: state = .declined
    case .judge:
      (state, wasAccepted, wasJudged) = (.judged, true, true)
      if let tier = deed.tier { self.tier = tier }
    case .assign: assign(deed)
    case .verify:
      if deed.yes {
        state = .verified
        windowEnds = Instant(startOf: now.day + 8)
        hasLink = false
      } else {
        redo()
      }
    case .evaluate, .returnVisit:
      state = deed.action == .evaluate ? .evaluated : .returnVisited
      rated = deed.rating
      if rated == .dissatisfied {
        dissatisfied += 1
        if dissatisfied == 2 { accountabilities += 1 }
        redo()
      }
    case .close: state = .closed
    case .lookBack:
      wasLookedBack = true
      if deed.yes { return }
      failedLooks += 1
      if failedLooks == 2 { accountabilities += 1 }
      redo()
    case .reopen:
      state = state == .declined ? .accepted : .judged
      wasAccepted = true
      needsRound = true
    case .shelve: leave(.shelved, .shelving)
    case .refer: leave(.referred, .referral)
    case .merge:
      leave(.merged, .merging)
      master = deed.partner
    case .unshelve, .answerReferral: comeBack()
    case .unmerge:
      comeBack()
      master = nil
    case .escalate:
      tier = (tier ?? -1) + 1
      // The next tier judges anew.
      wasJudged = false
      if state != .registered { leave(.accepted, .escalation) }
    case .joinBatch: inBatch = true
    case .leaveBatch: inBatch = false
    default: break
    }
  }

  private mutating func apply(_ deed: Deed, onLegAt index: Int, now: Instant) {
    let isLead = legs[index].role == .lead
    if LoopModel.handling.contains(deed.action) { hands.insert(deed.person) }
    /// Whoever reports has the order.
    func acknowledge(_ model: inout LoopModel) {
      if model.legs[index].acknowledged { return }
      model.legs[index].acknowledged = true
      model.legs[index].objectionEnds = model.endOfWorkingDay(after: now.day)
      if isLead { model.state = .acknowledged }
    }
    let reports: Set<ProblemAction> = [.acknowledge, .feedback, .answer, .claim, .plan]
    if reports.contains(deed.action) { acknowledge(&self) }
    switch deed.action {
    case .feedback: if isLead { state = .inProgress }
    case .object: legs[index].objection = .pending
    case .ruleObjection:
      legs[index].objection = deed.yes ? .yes : .no
      if deed.yes { end(index, .objection) }
    case .askExtension: legs[index].extending = .pending
    case .decideExtension: legs[index].extending = deed.yes ? .yes : .no
    case .suspend: legs[index].suspended = true
    case .resume: legs[index].suspended = false
    case .plan: legs[index].plan = .pending(deed.steps)
    case .decidePlan:
      if case .pending(let count) = legs[index].plan {
        legs[index].plan = deed.yes ? .approved(count, done: []) : .none
      }
    case .completeStep:
      if case .approved(let count, let done) = legs[index].plan {
        legs[index].plan = .approved(count, done: done.union([deed.steps]))
      }
      if isLead { state = .inProgress }
    case .answer:
      legs[index].answered = true
      finish()
    case .claim:
      legs[index].answered = true
      hasClaim = true
      state = .inProgress
      finish()
    case .withdraw: end(index, .office)
    default: break
    }
  }

  private mutating func end(_ index: Int, _ why: Withdrawal) {
    legs[index].withdrawn = why
    legs[index].suspended = false
    // Without a lead handler it is assigned again, to everybody.
    guard legs[index].role == .lead else { return finish() }
    endAll(.leadLeft)
    state = .judged
  }

  /// To verification when the lead handler and the official's line have both reported.
  private mutating func finish() {
    guard hasClaim, !legs.contains(where: { $0.isOpen && $0.role != .coHandler }) else { return }
    endAll(.overtaken)
    state = .claimed
  }

  private mutating func endAll(_ why: Withdrawal) {
    for index in legs.indices where legs[index].isOpen {
      legs[index].withdrawn = why
      legs[index].suspended = false
    }
  }

  private mutating func leave(_ next: ProblemState, _ why: Withdrawal) {
    endAll(why)
    state = next
  }

  private mutating func comeBack() {
    state = wasJudged ? .judged : wasAccepted ? .accepted : .registered
  }

  private mutating func add(_ role: LegRole, _ party: Party) {
    legCount += 1
    legs.append(Leg(number: legCount, role: role, party: party))
    parties.insert(party)
  }

  private mutating func newRound() {
    round += 1
    (legs, hands, rated, needsRound) = ([], [], nil, false)
    (hasLink, windowEnds, wasLookedBack) = (false, nil, false)
  }

  private mutating func assign(_ deed: Deed) {
    if round == 0 || needsRound { newRound() }
    (hasClaim, state) = (false, .assigned)
    add(.lead, deed.lead)
    for other in deed.others { add(.coHandler, other) }
    if track == .village { add(.official, deed.namesOfficial ? .official : .village) }
  }

  /// The same handlers again, each once, clocks anew.
  private mutating func redo() {
    let old = legs
    guard let lead = old.last(where: { $0.role == .lead }) else { return }
    newRound()
    (hasClaim, state) = (false, .assigned)
    add(.lead, lead.party)
    for leg in old
    where leg.role != .lead && (leg.withdrawn == nil || leg.withdrawn == .overtaken) {
      if !legs.contains(where: { $0.party == leg.party }) { add(leg.role, leg.party) }
    }
  }
}

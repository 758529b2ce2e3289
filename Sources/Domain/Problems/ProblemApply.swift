extension Problem {
  /// What the event makes of the problem. Applies anything `decide` can produce; knows no rules.
  package mutating func apply(_ event: ProblemEvent, at: Instant, by actor: Actor) {
    version += 1
    let before = state
    switch event {
    case .registered(let registered): registration = registered
    case .takenOver(let past): takeOver(past)
    case .accepted:
      state = .accepted
      acceptedAt = at
    case .declined:
      state = .declined
      declinedAt = at
    case .judged(let judged):
      state = .judged
      category = judged.category
      difficulty = judged.difficulty
      if let code = judged.tier, code != tier?.code {
        tier = Tier(code: code, since: at, due: judged.tierDue)
        forget(.tierOver)
      }
      judgedAt = at
    case .assigned(let assignment): assign(assignment, at: at)
    case .redone(let assignment):
      needsNewRound = true
      assign(assignment, at: at)
    case .closed:
      state = .closed
      changeRound { $0.closedAt = at }
    case .reopened:
      changeRound { if $0.closedAt != nil { $0.reopenedAt = at } }
      // What was declined was not judged, or has to be judged by another tier.
      state = state == .declined ? .accepted : .judged
      needsNewRound = true
    case .reminded(let climb), .urgingDrafted(let climb), .urged(let climb),
      .accountabilityDrafted(let climb):
      self.climb(climb, urged: event.isUrging, at: at)
    default:
      if !applyToLeg(event, at: at, by: actor) && !applyToRound(event, at: at, by: actor) {
        applyToPlace(event, at: at)
      }
    }
    if state != before { since = at }
    trace(at: at)
  }

  /// What decides where the problem belongs: tiers, shelves, lanes, masters, batches.
  private mutating func applyToPlace(_ event: ProblemEvent, at: Instant) {
    switch event {
    case .shelved(let shelved):
      leave(to: .shelved, .shelving, at: at)
      shelving = shelved
    case .shelvingReviewed(let shelved):
      shelving = shelved
      forget(.reviewDue)
    case .unshelved: comeBack()
    case .escalated(let up):
      if state.isRunning || state == .judged {
        withdrawLegs(.escalation, at: at)
        state = .accepted
      }
      tier = Tier(code: up.tier, since: at, due: up.tierDue)
      forget(.tierOver)
    case .referred(let referred):
      leave(to: .referred, .referral, at: at)
      (lane, handing) = (referred.lane, referred.handing)
    case .referralAnswered: comeBack()
    case .merged(let link):
      leave(to: .merged, .merging, at: at)
      master = link.problem
    case .unmerged:
      comeBack()
      master = nil
    case .absorbed(let link):
      absorbed.append(link.problem)
      sources += link.sources
    case .released(let link):
      absorbed.removeAll { $0 == link.problem }
      // One each: parts of one problem have the same numbers.
      for source in link.sources {
        if let index = sources.lastIndex(of: source) { sources.remove(at: index) }
      }
    case .batched(let batched): batch = batched.batch
    case .unbatched: batch = nil
    default: break
    }
  }

  /// Its legs end; what was done stays.
  private mutating func leave(to next: ProblemState, _ why: Withdrawal, at: Instant) {
    withdrawLegs(why, at: at)
    leftFrom = state
    state = next
  }

  /// What was climbed for a time that is over may be climbed again.
  private mutating func forget(_ cause: Rung.Cause) {
    climbed = climbed.filter { $0.key.on != cause }
  }

  /// Back to where it was; where a handler had it, somebody has to assign it.
  private mutating func comeBack() {
    state = leftFrom.map { $0.isRunning ? .judged : $0 } ?? .judged
    (shelving, lane, handing, leftFrom) = (nil, nil, nil, nil)
    forget(.reviewDue)
  }

  mutating func withdrawLegs(_ why: Withdrawal, at: Instant) {
    changeRound { round in
      for index in round.legs.indices where round.legs[index].isOpen {
        round.legs[index].withdraw(why, at: at)
      }
    }
  }

  mutating func changeRound(_ change: (inout Round) -> Void) {
    guard !rounds.isEmpty else { return }
    change(&rounds[rounds.count - 1])
  }

  /// - Parameter number: of the leg; the lead handler's where nil.
  mutating func changeLeg(_ number: Int?, _ change: (inout Leg) -> Void) {
    changeRound { round in
      let index =
        number == nil
        ? round.legs.lastIndex { $0.role == .lead }
        : round.legs.firstIndex { $0.number == number }
      if let index { change(&round.legs[index]) }
    }
  }

  private mutating func climb(_ climb: ProblemEvent.Climbed, urged: Bool, at: Instant) {
    let key = Leg.Climb(
      rung: climb.rung ?? "hand", on: climb.on, milestone: climb.milestone, step: climb.step,
      due: climb.due)
    guard climb.leg != nil else {
      climbed[key] = at
      return
    }
    changeLeg(climb.leg) { leg in
      leg.climbed[key] = leg.climbed[key] ?? at
      guard urged else { return }
      leg.urgingsSent += 1
      // Urging again does not give more time.
      leg.urgings[key] = leg.urgings[key] ?? at
    }
  }
}

extension ProblemEvent {
  fileprivate var isUrging: Bool { if case .urged = self { true } else { false } }
}

extension Leg {
  mutating func withdraw(_ why: Withdrawal, at: Instant) {
    withdrawnAt = at
    withdrawal = why
    endSuspension(at)
  }

  mutating func endSuspension(_ at: Instant) {
    if let last = suspensions.last, last.until == nil {
      suspensions[suspensions.count - 1] = Suspension(from: last.from, until: at)
    }
  }
}

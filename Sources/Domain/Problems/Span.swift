extension Problem {
  /// A stretch of a problem's life in which nothing changed that figures divide by: its round, its
  /// handler, its due date, its category and layer. What only came to pass in it, a claim or a closure,
  /// does not end it, since each fact has its own instant. All spans together tell how the problem
  /// stood at any instant, as it was known then.
  package struct Span: Hashable, Sendable {
    package let from: Instant
    /// When the next one began; nil for the last.
    package internal(set) var to: Instant?
    /// The last of its round.
    package internal(set) var endsRound = false
    package internal(set) var facts: Facts
  }

  /// What figures are made of. A fact is only ever added within a span; a value that depends on an
  /// instant holds from that instant on.
  package struct Facts: Hashable, Sendable {
    /// The round that runs, or the one that comes next.
    package var round: Int
    package var acceptedAt: Instant?
    package var declinedAt: Instant?
    /// With category and difficulty.
    package var judgedAt: Instant?
    package var category: String?
    package var difficulty: Difficulty?
    package var tier: String?
    package var tierSince: Instant?
    /// With the lead handler's unit, its due instant and whether it was pushed down.
    package var assignedAt: Instant?
    package var unit: UnitID?
    package var dueAt: Instant?
    package var yellowAt: Instant?
    package var pushedDown: Bool?
    package var acknowledgedAt: Instant?
    package var feedbackAt: Instant?
    /// The lead handler said it is not theirs.
    package var objectedAt: Instant?
    /// The lead handler got more time.
    package var extendedAt: Instant?
    package var suspendedAt: Instant?
    /// With its outcome.
    package var claimedAt: Instant?
    package var outcome: Outcome?
    package var verifiedAt: Instant?
    package var failedAt: Instant?
    /// With its rating, which may be none.
    package var evaluatedAt: Instant?
    package var rating: Rating?
    package var closedAt: Instant?
    package var lookedBackAt: Instant?
    package var lookBackPassed: Bool?
    package var mergedAt: Instant?
    package var shelvedAt: Instant?
    package var referredAt: Instant?
    package var batch: BatchID?

    package init(round: Int) { self.round = round }
  }

  /// The facts as they are now.
  var facts: Facts {
    var facts = Facts(round: max(1, rounds.count + (needsNewRound ? 1 : 0)))
    (facts.acceptedAt, facts.declinedAt) = (acceptedAt, state == .declined ? declinedAt : nil)
    (facts.judgedAt, facts.category, facts.difficulty) = (judgedAt, category, difficulty)
    (facts.tier, facts.tierSince) = (tier?.code, tier?.since)
    facts.mergedAt = state == .merged ? since : nil
    facts.shelvedAt = state == .shelved ? since : nil
    facts.referredAt = state == .referred ? since : nil
    facts.batch = batch
    if let round, !needsNewRound { facts.take(round) }
    return facts
  }

  /// Brings the spans up to date after an event.
  mutating func trace(at: Instant) {
    let facts = facts
    let last = spans.count - 1
    if spans[last].facts.isContinued(by: facts) {
      spans[last].facts = facts
      return
    }
    spans[last].to = at
    spans[last].endsRound = spans[last].facts.round != facts.round
    spans.append(Span(from: at, to: nil, facts: facts))
  }
}

extension Problem.Facts {
  fileprivate mutating func take(_ round: Problem.Round) {
    if let lead = round.lead {
      if lead.withdrawnAt == nil { take(lead) }
    } else {
      // Of records without a handler the claim is the first that was heard.
      (assignedAt, feedbackAt) = (round.assignedAt, round.claimedAt)
      dueAt = round.takenOver?.dueOn.map { Instant(startOf: $0 + 1) }
    }
    // An objection that was upheld ended the leg, not what happened.
    objectedAt = round.legs.lazy.filter { $0.role == .lead }.compactMap(\.objection?.at).first
    if let claimedAt = round.claimedAt, round.claim != nil {
      (self.claimedAt, outcome) = (claimedAt, round.claim?.outcome)
    }
    (verifiedAt, failedAt) = (round.verifiedAt, round.verificationFailedAt)
    closedAt = round.closedAt
    evaluatedAt = round.evaluatedAt ?? round.returnVisitedAt
    rating = round.rating
    // Earlier records name no day.
    if evaluatedAt == nil, rating != nil { evaluatedAt = closedAt ?? claimedAt }
    (lookedBackAt, lookBackPassed) = (round.lookedBackAt, round.lookBackPassed)
  }

  /// Who leads now; whoever no longer does leaves nothing, since their clock is not that of the next.
  private mutating func take(_ lead: Leg) {
    assignedAt = lead.assignedAt
    if case .unit(let id) = lead.party { unit = id }
    (dueAt, yellowAt) = (lead.finalDue?.instant, lead.finalDue?.yellow)
    pushedDown = lead.isPushedDown
    acknowledgedAt = lead.acknowledgedAt
    // Whoever reports at once that it is solved has told enough (DOMAIN.md 4).
    feedbackAt = lead.firstFeedbackAt ?? lead.answeredAt
    suspendedAt = lead.isSuspended ? lead.suspensions.last?.from : nil
    extendedAt = lead.extended?.approved == true ? lead.extended?.decidedAt : nil
  }

  /// Whether the other facts only add to these.
  fileprivate func isContinued(by next: Problem.Facts) -> Bool {
    func keeps<Value: Equatable>(_ path: KeyPath<Problem.Facts, Value?>) -> Bool {
      self[keyPath: path] == nil || self[keyPath: path] == next[keyPath: path]
    }
    return round == next.round && keeps(\.acceptedAt) && keeps(\.declinedAt) && keeps(\.judgedAt)
      && keeps(\.category) && keeps(\.difficulty) && keeps(\.tier) && keeps(\.tierSince)
      && keeps(\.assignedAt) && keeps(\.unit) && keeps(\.dueAt) && keeps(\.yellowAt)
      && keeps(\.pushedDown) && keeps(\.acknowledgedAt) && keeps(\.feedbackAt)
      && keeps(\.objectedAt) && keeps(\.extendedAt) && keeps(\.suspendedAt)
      && keeps(\.claimedAt) && keeps(\.outcome) && keeps(\.verifiedAt) && keeps(\.failedAt)
      && keeps(\.evaluatedAt) && keeps(\.rating) && keeps(\.closedAt) && keeps(\.lookedBackAt)
      && keeps(\.lookBackPassed) && keeps(\.mergedAt) && keeps(\.shelvedAt)
      && keeps(\.referredAt) && keeps(\.batch)
  }
}

extension Problem {
  /// Why a person may not do something to a problem now. The page shows it beside the disabled
  /// button; the text comes from the catalogue.
  package enum Refusal: String, Error, Hashable, Sendable, CaseIterable {
    /// The problem is not in a state where this can happen.
    case wrongState = "wrong_state"
    /// The person's role may not do this.
    case notYourRole = "not_your_role"
    /// Verification and return visit need a person who did not act for the handler (DOMAIN.md 5,
    /// closing gate).
    case handlerCannotVerify = "handler_cannot_verify"
    /// An outcome that a handler cannot claim by itself.
    case outcomeNotClaimable = "outcome_not_claimable"
    /// A required text is empty.
    case textMissing = "text_missing"
    /// The category is not on the track's list.
    case unknownCategory = "unknown_category"
    /// The unit does not exist or is closed.
    case unknownUnit = "unknown_unit"
    /// The text is longer than `maximumText` characters.
    case textTooLong = "text_too_long"
  }

  /// Characters a text field may hold.
  package static let maximumText = 4000
  /// Characters a title may hold.
  package static let maximumTitle = 120

  /// What a decision may look at besides the problem.
  package struct Surroundings: Sendable {
    package var now: Instant
    package var calendar: WorkingCalendar
    package var rule: ClockRule
    /// Codes of the categories of each track.
    package var categories: [Track: Set<String>]

    package init(
      now: Instant, calendar: WorkingCalendar, rule: ClockRule, categories: [Track: Set<String>]
    ) {
      (self.now, self.calendar, self.rule, self.categories) = (now, calendar, rule, categories)
    }
  }

  /// Whether the state and the persons so far allow an action, whatever its arguments.
  /// - Returns: the reason against it, or nil.
  package func refusal(of action: ProblemAction, by actor: Actor) -> Refusal? {
    guard action.states.contains(state) else { return .wrongState }
    let isCheck = action == .verify || action == .returnVisit
    return isCheck && round?.handlers.contains(actor) == true ? .handlerCannotVerify : nil
  }

  /// The events a command leads to.
  /// - Throws: the first reason against it; nothing has happened then.
  package func decide(
    _ command: ProblemCommand, by actor: Actor, in surroundings: Surroundings
  ) throws(Refusal) -> [ProblemEvent] {
    if let refusal = refusal(of: command.action, by: actor) { throw refusal }
    switch command {
    case .accept:
      return [.accepted]
    case .decline(let reason, let instead):
      return [.declined(.init(reason: try text(reason), instead: try text(instead)))]
    case .judge(let category, let difficulty, let note):
      guard surroundings.categories[registration.track]?.contains(category) == true else {
        throw .unknownCategory
      }
      let judged = ProblemEvent.judged(
        .init(category: category, difficulty: difficulty, note: try optionalText(note)))
      // Judging a problem accepts it: nobody should have to press two buttons for one thought.
      return state == .registered ? [.accepted, judged] : [judged]
    case .assign(let unit, let note):
      return [.assigned(assignment(to: unit, note: try optionalText(note), in: surroundings))]
    case .acknowledge:
      return [.acknowledged]
    case .feedback(let words):
      return acknowledgedFirst(.feedback(.init(text: try text(words))))
    case .claim(let outcome, let result, let evidence):
      guard Outcome.claimable.contains(outcome) else { throw .outcomeNotClaimable }
      let claim = ProblemEvent.Claimed(
        outcome: outcome, result: try text(result), evidence: try text(evidence))
      return acknowledgedFirst(.claimed(claim))
    case .verify(true, let words):
      return [.verified(.init(text: try text(words)))]
    case .verify(false, let words):
      return [
        .verificationFailed(.init(text: try text(words))), .redone(nextAssignment(surroundings)),
      ]
    case .returnVisit(let rating, let words):
      let visit = ProblemEvent.returnVisited(.init(rating: rating, text: try text(words)))
      // A dissatisfied asker opens the next round (DOMAIN.md 5).
      return rating == .dissatisfied ? [visit, .redone(nextAssignment(surroundings))] : [visit]
    case .close:
      return [.closed]
    }
  }

  /// A handler who reports has plainly received the order: the acknowledgement is recorded with it.
  private func acknowledgedFirst(_ event: ProblemEvent) -> [ProblemEvent] {
    state == .assigned ? [.acknowledged, event] : [event]
  }

  private func nextAssignment(_ surroundings: Surroundings) -> ProblemEvent.Assigned {
    // Only a claimed or verified problem gets here, so it has a round.
    let last = round!.assignment
    return assignment(to: last.unit, note: last.note, in: surroundings)
  }

  private func assignment(
    to unit: UnitID, note: String, in surroundings: Surroundings
  ) -> ProblemEvent.Assigned {
    let rule = surroundings.rule
    let due = rule.milestones(for: difficulty ?? .general).map { milestone in
      let date = DueDate(
        start: surroundings.now.day, budget: milestone.budget, rollOver: rule.rollOver,
        calendar: surroundings.calendar)
      return ProblemEvent.Assigned.Due(milestone, date)
    }
    return .init(unit: unit, rule: rule.name, ruleVersion: rule.version, due: due, note: note)
  }

  private func text(_ words: String) throws(Refusal) -> String {
    let trimmed = try optionalText(words)
    guard !trimmed.isEmpty else { throw .textMissing }
    return trimmed
  }

  private func optionalText(_ words: String) throws(Refusal) -> String {
    let trimmed = words.trimmed
    guard trimmed.unicodeScalars.count <= Problem.maximumText else { throw .textTooLong }
    return trimmed
  }
}

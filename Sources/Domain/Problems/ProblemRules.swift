/// What a command leads to (DOMAIN.md 5).
extension Problem {
  /// - Throws: every reason against it; nothing has happened then.
  package func decide(
    _ command: ProblemCommand, by who: Who, in surroundings: Surroundings
  ) throws(Refused) -> [ProblemEvent] {
    var reasons = reasons(against: command.action, leg: command.leg, by: who, in: surroundings)
    if reasons.contains(.wrongState) { throw Refused(reasons) }
    var texts = Texts()
    let events =
      command.action.isOfLeg
      ? decideOnLeg(command, &texts, &reasons, surroundings)
      : decideOnProblem(command, &texts, &reasons, surroundings)
    reasons += texts.reasons
    guard reasons.isEmpty else { throw Refused(reasons) }
    return events
  }

  private func decideOnProblem(
    _ command: ProblemCommand, _ texts: inout Texts, _ reasons: inout [Refusal],
    _ surroundings: Surroundings
  ) -> [ProblemEvent] {
    switch command {
    case .accept: return [.accepted]
    case .decline(let reason, let instead):
      return [.declined(.init(reason: texts.required(reason), instead: texts.required(instead)))]
    case .judge(let category, let difficulty, let tier, let note):
      if !surroundings.categories.contains(category) { reasons.append(.unknownCategory) }
      if !tier.isEmpty, surroundings.procedure.tier(tier) == nil { reasons.append(.unknownTier) }
      let judged = ProblemEvent.Judged(
        category: category, difficulty: difficulty, tier: tier.isEmpty ? nil : tier,
        tierDue: tierDue(tier, surroundings), note: texts.optional(note))
      // Judging a problem accepts it: nobody should have to press two buttons for one thought.
      return (state == .registered ? [.accepted] : []) + [.judged(judged)]
    case .assign(let assignment):
      return assign(assignment, &texts, &reasons, surroundings)
    case .verify(true, let words): return [.verified(.init(text: texts.required(words)))]
    case .verify(false, let words):
      return [.verificationFailed(.init(text: texts.required(words)))] + redo(surroundings)
    case .evaluate(let rating, let words):
      let evaluation = ProblemEvent.evaluated(.init(rating: rating, text: texts.optional(words)))
      return [evaluation] + verdict(rating, surroundings)
    case .returnVisit(let rating, let words):
      let visit = ProblemEvent.returnVisited(.init(rating: rating, text: texts.required(words)))
      return [visit] + verdict(rating, surroundings)
    case .close: return [.closed]
    case .lookBack(let passed, let words):
      let look = ProblemEvent.lookedBack(
        .init(
          passed: passed, text: texts.required(words),
          sampled: surroundings.isSampled ? true : nil))
      if passed { return [look] }
      let proposals = verdicts(.lookBackFailed, count: failedLookBacks + 1, surroundings)
      return [look] + proposals + redo(surroundings)
    case .reopen(let words): return [.reopened(.init(text: texts.required(words)))]
    default: return decideOnPlace(command, &texts, &reasons, surroundings)
    }
  }

  func tierDue(_ code: String, _ surroundings: Surroundings) -> Instant? {
    surroundings.procedure.tier(code)?.budget.map {
      end(of: $0, from: surroundings.now, surroundings)
    }
  }

  private func assign(
    _ assignment: ProblemCommand.Assignment, _ texts: inout Texts, _ reasons: inout [Refusal],
    _ surroundings: Surroundings
  ) -> [ProblemEvent] {
    let charges = [assignment.lead] + assignment.coHandlers
    if Set(charges.map(\.unit)).count < charges.count { reasons.append(.sameUnitTwice) }
    // Work of a department is not pushed down to a township (国办函〔2025〕66号).
    let isTownshipsOwn =
      tier.flatMap { surroundings.procedure.tier($0.code)?.isTownship } == true
    var pushedDown: String?
    if charges.contains(where: \.isTownship), !isTownshipsOwn {
      pushedDown = texts.optional(assignment.pushedDown)
      if pushedDown?.isEmpty == true { reasons.append(.pushedDown) }
    }
    let projection = Projection(surroundings)
    let difficulty = difficulty ?? .general
    func due(_ role: LegRole) -> [ProblemEvent.Due] {
      projection.due(for: role, difficulty, from: surroundings.now)
    }
    var others = assignment.coHandlers.map {
      ProblemEvent.Assigned.Other(
        role: .coHandler, unit: $0.unit, official: nil, due: due(.coHandler),
        isPushedDown: pushedDown != nil && $0.isTownship ? true : nil)
    }
    // Whoever is in charge of the place, where no official is named.
    let place = assignment.official == nil ? registration.concernsUnit : nil
    if surroundings.procedure.isDouble, assignment.official != nil || place != nil {
      // A place that handles it itself cannot be its own second line.
      if let place, charges.contains(where: { $0.unit == place }) {
        reasons.append(.officialNeeded)
      }
      others.append(
        .init(
          role: .official, unit: place, official: assignment.official, due: due(.official)))
    }
    return [
      .assigned(
        .init(
          unit: assignment.lead.unit, rule: surroundings.rule.name,
          ruleVersion: surroundings.rule.version, due: due(.lead),
          note: texts.optional(assignment.note), pushedDown: pushedDown,
          isLeadPushedDown: pushedDown == nil ? nil : assignment.lead.isTownship,
          others: others.isEmpty ? nil : others))
    ]
  }

  /// A dissatisfied asker opens the next round with the same handlers, clocks anew; from the second on
  /// an accountability recommendation is drafted.
  private func verdict(_ rating: Rating?, _ surroundings: Surroundings) -> [ProblemEvent] {
    guard rating == .dissatisfied else { return [] }
    return verdicts(.dissatisfied, count: dissatisfactions + 1, surroundings) + redo(surroundings)
  }

  private func verdicts(
    _ cause: Rung.Cause, count: Int, _ surroundings: Surroundings
  ) -> [ProblemEvent] {
    surroundings.procedure.ladder.filter { $0.on == cause && $0.times ?? 1 == count }.map { rung in
      .accountabilityDrafted(
        .init(rung: rung.code, on: cause, leg: round?.lead?.number))
    }
  }

  /// The next round, with those who had a part in the last one.
  private func redo(_ surroundings: Surroundings) -> [ProblemEvent] {
    guard let round, let lead = round.lead, case .unit(let unit) = lead.party else {
      // Taken over from records that name no handler: it has to be assigned.
      return [.reopened(.init(text: ""))]
    }
    let projection = Projection(surroundings)
    func due(_ role: LegRole) -> [ProblemEvent.Due] {
      projection.due(for: role, difficulty ?? .general, from: surroundings.now)
    }
    // Those whose legs the office or an objection ended have no part in it; whoever had several legs,
    // because the handler changed, gets one.
    var parties: Set<Leg.Party> = [lead.party]
    let others = round.legs.filter {
      $0.role != .lead && ($0.withdrawal == nil || $0.withdrawal == .overtaken)
        && parties.insert($0.party).inserted
    }
    let again = others.map { leg -> ProblemEvent.Assigned.Other in
      switch leg.party {
      case .unit(let unit):
        .init(
          role: leg.role, unit: unit, official: nil, due: due(leg.role),
          isPushedDown: leg.isPushedDown ? true : nil)
      case .official(let official):
        .init(role: leg.role, unit: nil, official: official, due: due(leg.role))
      }
    }
    return [
      .redone(
        .init(
          unit: unit, rule: surroundings.rule.name, ruleVersion: surroundings.rule.version,
          due: due(.lead), note: "",
          pushedDown: lead.isPushedDown || others.contains(where: \.isPushedDown)
            ? round.assignment?.pushedDown ?? "" : nil,
          isLeadPushedDown: lead.isPushedDown ? true : nil, others: again.isEmpty ? nil : again))
    ]
  }
}

/// Checks texts and collects what is wrong with them.
struct Texts {
  private(set) var reasons: [Problem.Refusal] = []

  mutating func required(_ words: String) -> String {
    let text = optional(words)
    if text.isEmpty { note(.textMissing) }
    return text
  }

  mutating func optional(_ words: String) -> String {
    let trimmed = words.trimmed
    if trimmed.unicodeScalars.count > Problem.maximumText { note(.textTooLong) }
    return trimmed
  }

  private mutating func note(_ reason: Problem.Refusal) {
    if !reasons.contains(reason) { reasons.append(reason) }
  }
}

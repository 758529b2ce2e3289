/// One problem, or one round of it, as a figure sees it at an instant.
package struct FigureMember: Hashable, Sendable {
  package let problem: ProblemID
  let registration: ProblemEvent.Registered
  let registeredAt: Instant
  let facts: Problem.Facts
  let asOf: Instant

  /// When it came to pass; nil where it had not before the instant. A due day is over with its end.
  package func reached(_ milestone: Milestone) -> Instant? {
    instant(of: milestone).flatMap {
      $0 < asOf || (milestone.isEndOfDay && $0 == asOf) ? $0 : nil
    }
  }

  /// When it comes to pass; what is due is due in time to come.
  package func instant(of milestone: Milestone) -> Instant? {
    switch milestone {
    case .found: Instant(startOf: registration.foundOn)
    case .registered: registeredAt
    case .accepted: facts.acceptedAt
    case .declined: facts.declinedAt
    case .judged: facts.judgedAt
    case .assigned: facts.assignedAt
    case .due: assigned(facts.dueAt)
    case .yellow: assigned(facts.yellowAt)
    case .acknowledged: facts.acknowledgedAt
    case .feedback: facts.feedbackAt
    case .objected: facts.objectedAt
    case .extended: facts.extendedAt
    case .suspended: facts.suspendedAt
    case .claimed: facts.claimedAt
    case .verified: facts.verifiedAt
    case .failed: facts.failedAt
    case .evaluated: facts.evaluatedAt
    case .closed: facts.closedAt
    case .lookedBack: facts.lookedBackAt
    case .merged: facts.mergedAt
    case .shelved: facts.shelvedAt
    case .referred: facts.referredAt
    case .paired, .contacted: nil
    }
  }

  package func value(of attribute: Attribute) -> String? {
    func when<T>(_ instant: Instant?, _ value: T?) -> T? {
      instant.map { $0 < asOf } == true ? value : nil
    }
    return switch attribute {
    case .track: registration.track.rawValue
    case .origin: registration.origin?.rawValue
    case .category: when(facts.judgedAt ?? registeredAt, facts.category)
    case .difficulty: when(facts.judgedAt, facts.difficulty?.rawValue)
    case .tier: when(facts.tierSince, facts.tier)
    case .outcome: when(facts.claimedAt, facts.outcome?.rawValue)
    case .rating: when(facts.evaluatedAt, facts.rating?.rawValue)
    case .round: String(facts.round)
    case .batch: facts.batch == nil ? nil : "yes"
    case .pushedDown: when(facts.assignedAt, facts.pushedDown == true ? "yes" : nil)
    case .lookBack:
      when(facts.lookedBackAt, facts.lookBackPassed).map { $0 ? "passed" : "failed" }
    case .lamp: lamp.rawValue
    case .kind: nil
    }
  }

  private func assigned(_ instant: Instant?) -> Instant? {
    facts.assignedAt.flatMap { $0 < asOf ? instant : nil }
  }

  /// Of the final due date, while a handler has it.
  private var lamp: Lamp {
    guard reached(.claimed) == nil, reached(.suspended) == nil, let due = instant(of: .due) else {
      return .grey
    }
    if due <= asOf { return .red }
    return reached(.yellow) == nil ? .green : .yellow
  }

  package func holds(_ condition: Condition) -> Bool {
    switch condition {
    case .reached(let milestone): reached(milestone) != nil
    case .notReached(let milestone): reached(milestone) == nil
    case .before(let one, let other):
      if let one = reached(one), let other = instant(of: other) { one < other } else { false }
    case .among(let attribute, let values): value(of: attribute).map(values.contains) ?? false
    case .notAmong(let attribute, let values):
      !(value(of: attribute).map(values.contains) ?? false)
    case .atLeast(let attribute, let number):
      value(of: attribute).flatMap { Int($0) }.map { $0 >= number } ?? false
    case .within(let days, let milestone):
      reached(milestone).map { asOf - $0 <= Int64(days) * 86_400 } ?? false
    case .any(let conditions): conditions.contains(where: holds)
    }
  }

  package func holds(_ conditions: [Condition]) -> Bool { conditions.allSatisfy(holds) }

  /// The day by which it belongs to a period. What is due at the end of a day is due on that day.
  package func day(of member: Milestone) -> Day? {
    instant(of: member).map {
      member.isEndOfDay ? Instant(milliseconds: $0.milliseconds - 1).day : $0.day
    }
  }

  package func key(_ dimension: FigureQuery.Dimension, _ definition: Definition) -> String {
    func unit(_ level: UnitLevel) -> String {
      registration.area?[level].map { String($0.value) } ?? ""
    }
    return switch dimension {
    case .county: unit(.county)
    case .township: unit(.township)
    case .village: unit(.village)
    case .unit: assignedUnit.map { String($0.value) } ?? ""
    case .track: value(of: .track) ?? ""
    case .category: value(of: .category) ?? ""
    case .difficulty: value(of: .difficulty) ?? ""
    case .tier: value(of: .tier) ?? ""
    case .origin: value(of: .origin) ?? ""
    case .day: definition.member.flatMap(day).map { String($0.number) } ?? ""
    }
  }

  var assignedUnit: UnitID? { reached(.assigned) == nil ? nil : facts.unit }

  /// Whether it is among what is asked for, before the definition's own conditions.
  func isAsked(_ query: FigureQuery, _ definition: Definition) -> Bool {
    if let track = query.track, track != registration.track { return false }
    if let handler = query.handler, handler != assignedUnit { return false }
    if let area = query.area, registration.area?.contains(area.unit) != true { return false }
    if let period = query.period, let member = definition.member {
      guard let day = day(of: member), day >= period.from, day <= period.to else { return false }
    }
    return true
  }
}

extension Milestone {
  package var isEndOfDay: Bool { self == .due || self == .yellow }
}

extension Problem {
  /// What a figure counts of it at an instant, as it is known at another.
  package func members(
    _ subject: Definition.Subject, asOf: Instant, knownOn: Instant
  ) -> [FigureMember] {
    let found = Instant(startOf: registration.foundOn)
    return spans.enumerated().compactMap { index, span in
      // What was registered late was there before, as far as is known now.
      let begins = index == 0 ? min(span.from, found) : span.from
      guard span.from < knownOn, begins < asOf else { return nil }
      let isOpen = span.to.map { $0 >= asOf } ?? true
      guard isOpen || (subject == .rounds && span.endsRound) else { return nil }
      return FigureMember(
        problem: id, registration: registration, registeredAt: registeredAt, facts: span.facts,
        asOf: asOf)
    }
  }
}

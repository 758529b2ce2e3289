extension Problem {
  /// Who asks, as far as the rules care.
  package struct Who: Sendable {
    package var actor: Actor
    package var actions: Set<ProblemAction>
    package var isDirector: Bool
    /// Whether the person answers for this leg; the office may act for a handler that has no account,
    /// and cannot check the claim afterwards.
    package var answersFor: @Sendable (Leg) -> Bool

    package init(
      actor: Actor, actions: Set<ProblemAction>, isDirector: Bool = false,
      answersFor: @escaping @Sendable (Leg) -> Bool
    ) {
      self.actor = actor
      self.actions = actions
      self.isDirector = isDirector
      self.answersFor = answersFor
    }

    /// The platform itself: what timers do and askers say.
    package static let system = Who(
      actor: .system, actions: Set(ProblemAction.allCases), isDirector: true,
      answersFor: { _ in true })
  }

  /// What a decision may look at besides the problem.
  package struct Surroundings: Sendable {
    package var now: Instant
    package var calendar: WorkingCalendar
    package var procedure: Procedure
    package var rule: ClockRule
    /// Codes of the track's categories.
    package var categories: Set<String>
    /// Whether it stands in a look-back sample and was not looked at yet.
    package var isSampled = false

    package init(
      now: Instant, calendar: WorkingCalendar, procedure: Procedure, rule: ClockRule,
      categories: Set<String>
    ) {
      self.now = now
      self.calendar = calendar
      self.procedure = procedure
      self.rule = rule
      self.categories = categories
    }
  }

  /// Something that can be done in the problem's state, and what is against it for this person.
  package struct Option: Hashable, Sendable {
    package let action: ProblemAction
    /// Nil where it is done on the problem as a whole.
    package let leg: Int?
    package let reasons: [Refusal]

    package var isAllowed: Bool { reasons.isEmpty }
  }

  /// The actions of the problem's state that the person's role has, with the reasons against each.
  package func options(for who: Who, in surroundings: Surroundings) -> [Option] {
    let open = round?.openLegs ?? []
    return ProblemAction.offered(in: state).filter(who.actions.contains).flatMap { action in
      guard action.isOfLeg else {
        return [
          Option(
            action: action, leg: nil,
            reasons: reasons(against: action, openLeg: nil, by: who, in: surroundings))
        ]
      }
      return open.filter { action.fits($0) }.map { leg in
        Option(
          action: action, leg: leg.number,
          reasons: reasons(against: action, openLeg: leg, by: who, in: surroundings))
      }
    }
  }
}

extension ProblemAction {
  /// Whether it is offered on a leg at all: nobody needs to read why a co-handler cannot claim.
  fileprivate func fits(_ leg: Leg) -> Bool {
    switch self {
    case .claim: leg.role == .lead
    case .answer: leg.role != .lead
    case .ruleObjection: leg.hasPendingObjection
    case .decideExtension: leg.hasPendingExtension
    case .decidePlan: leg.hasPendingPlan
    case .completeStep: leg.plan?.approvedAt != nil
    case .resume: leg.isSuspended
    case .suspend: !leg.isSuspended
    default: true
    }
  }
}

/// One thing to be solved: what its events add up to.
package struct Problem: Hashable, Sendable {
  package let id: ProblemID
  /// Events applied so far; the next one gets this number plus one.
  package internal(set) var version = 0
  package internal(set) var registration: ProblemEvent.Registered
  package internal(set) var registeredAt: Instant
  package let registeredBy: Actor
  package internal(set) var state = ProblemState.registered
  package internal(set) var acceptedAt: Instant?
  package internal(set) var declinedAt: Instant?
  package internal(set) var category: String?
  package internal(set) var difficulty: Difficulty?
  package internal(set) var judgedAt: Instant?
  /// The layer that has it, since when, and until when.
  package internal(set) var tier: Tier?
  /// The rounds from the first; the last is the current one. Empty until assigned.
  package internal(set) var rounds: [Round] = []
  /// Source numbers, its own and those of problems that became part of it.
  package internal(set) var sources: [ProblemEvent.Source] = []
  /// Problems that are part of it.
  package internal(set) var absorbed: [ProblemID] = []
  package internal(set) var master: ProblemID?
  package internal(set) var batch: BatchID?
  package internal(set) var shelving: ProblemEvent.Shelved?
  package internal(set) var lane: Lane?
  /// While another instance has it.
  package internal(set) var handing: Handing?
  /// Where it was before it was shelved, referred or merged.
  package internal(set) var leftFrom: ProblemState?
  /// Since when it is in its state.
  package internal(set) var since: Instant
  /// Rungs climbed for the problem itself: its tier, its review, verdicts.
  package internal(set) var climbed: [Leg.Climb: Instant] = [:]
  package internal(set) var legCount = 0
  /// From the first; the last one lasts.
  package internal(set) var spans: [Span] = []

  package struct Tier: Hashable, Sendable {
    package let code: String
    package let since: Instant
    package let due: Instant?
  }

  package var round: Round? { rounds.last }

  /// Reopened: the next assignment begins a round of its own.
  package internal(set) var needsNewRound = false

  package var track: Track { registration.track }

  package func leg(_ number: Int) -> Leg? { round?.leg(number) }

  /// The open milestone due first, over all legs; before assignment that of the problem itself.
  package var nextDue: ProblemEvent.Due? {
    if state.isEnded || state == .shelved || state == .referred { return nil }
    let own = registrationDue.filter { met($0) == nil }
    let legs = state.isRunning ? round?.legs.flatMap(\.openDue) ?? [] : []
    return (own + legs).min { $0.instant < $1.instant }
  }

  /// Milestones of the problem itself: from registration to assignment.
  package var registrationDue: [ProblemEvent.Due] { registration.due ?? [] }

  package func met(_ due: ProblemEvent.Due) -> Instant? {
    switch due.milestone {
    case .accept: acceptedAt ?? declinedAt
    case .assign: rounds.first?.assignedAt ?? declinedAt
    default: nil
    }
  }

  /// How often the asker was dissatisfied.
  package var dissatisfactions: Int { rounds.count { $0.rating == .dissatisfied } }
  package var failedLookBacks: Int { rounds.count { $0.lookBackPassed == false } }

  /// - Precondition: the first event of a problem is its registration.
  package init(
    id: ProblemID, registered: ProblemEvent.Registered, at: Instant, by actor: Actor = .system
  ) {
    self.id = id
    registration = registered
    registeredAt = at
    registeredBy = actor
    since = at
    sources = registered.sources ?? []
    version = 1
    spans = [Span(from: at, to: nil, facts: facts)]
  }
}

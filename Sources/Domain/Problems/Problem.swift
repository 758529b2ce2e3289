/// One thing to be solved: what its events add up to.
package struct Problem: Hashable, Sendable {
  package let id: ProblemID
  /// Events applied so far; the next one gets this number plus one.
  package private(set) var version = 0
  package private(set) var registration: ProblemEvent.Registered
  package private(set) var registeredAt: Instant
  package private(set) var state = ProblemState.registered
  package private(set) var acceptedAt: Instant?
  package private(set) var declinedAt: Instant?
  package private(set) var category: String?
  package private(set) var difficulty: Difficulty?
  package private(set) var judgedAt: Instant?
  /// The rounds from the first; the last is the current one. Empty until assigned.
  package private(set) var rounds: [Round] = []

  package var round: Round? { rounds.last }

  /// One run from assignment to closure. Timestamps are facts: once set, never moved.
  package struct Round: Hashable, Sendable {
    package let number: Int
    package let assignment: ProblemEvent.Assigned
    package let assignedAt: Instant
    package fileprivate(set) var acknowledgedAt: Instant?
    package fileprivate(set) var firstFeedbackAt: Instant?
    package fileprivate(set) var claim: ProblemEvent.Claimed?
    package fileprivate(set) var claimedAt: Instant?
    /// Everyone who acted for the handling unit in this round.
    package fileprivate(set) var handlers: Set<Actor> = []
    package fileprivate(set) var verifiedAt: Instant?
    package fileprivate(set) var verificationFailedAt: Instant?
    package fileprivate(set) var returnVisitedAt: Instant?
    package fileprivate(set) var rating: Rating?
    package fileprivate(set) var closedAt: Instant?

    /// When the milestone was met, or nil while it is open.
    package func met(_ milestone: MilestoneKind) -> Instant? {
      switch milestone {
      case .accept, .assign: assignedAt
      case .acknowledge: acknowledgedAt
      case .firstFeedback: firstFeedbackAt ?? claimedAt
      case .solveGeneral, .solveComplex: claimedAt
      }
    }

    /// The open milestone due first, or nil when all are met.
    package var nextDue: ProblemEvent.Assigned.Due? {
      assignment.due.filter { met($0.milestone) == nil }.min { $0.instant < $1.instant }
    }
  }

  /// - Precondition: the first event of a problem is its registration.
  package init(id: ProblemID, registered: ProblemEvent.Registered, at: Instant) {
    self.id = id
    registration = registered
    registeredAt = at
    version = 1
  }

  /// What the event makes of the problem. Applies anything `decide` can produce; knows no rules.
  package mutating func apply(_ event: ProblemEvent, at: Instant, by actor: Actor) {
    version += 1
    switch event {
    case .registered(let registered):
      registration = registered
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
      judgedAt = at
    case .assigned(let assignment), .redone(let assignment):
      state = .assigned
      rounds.append(Round(number: rounds.count + 1, assignment: assignment, assignedAt: at))
    case .closed:
      state = .closed
      changeRound { $0.closedAt = at }
    default:
      applyToRound(event, at: at, by: actor)
    }
  }

  private mutating func applyToRound(_ event: ProblemEvent, at: Instant, by actor: Actor) {
    switch event {
    case .acknowledged:
      state = .acknowledged
      changeRound {
        $0.acknowledgedAt = at
        $0.handlers.insert(actor)
      }
    case .feedback:
      state = .inProgress
      changeRound {
        $0.firstFeedbackAt = $0.firstFeedbackAt ?? at
        $0.handlers.insert(actor)
      }
    case .claimed(let claim):
      state = .claimed
      changeRound {
        $0.claim = claim
        $0.claimedAt = at
        $0.handlers.insert(actor)
      }
    case .verified:
      state = .verified
      changeRound { $0.verifiedAt = at }
    case .verificationFailed:
      changeRound { $0.verificationFailedAt = at }
    case .returnVisited(let visit):
      state = .returnVisited
      changeRound {
        $0.returnVisitedAt = at
        $0.rating = visit.rating
      }
    default: break
    }
  }

  private mutating func changeRound(_ change: (inout Round) -> Void) {
    guard !rounds.isEmpty else { return }
    change(&rounds[rounds.count - 1])
  }
}

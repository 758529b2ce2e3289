extension Problem {
  /// One run from assignment to closure. Timestamps are facts: once set, never moved.
  package struct Round: Hashable, Sendable {
    package let number: Int
    /// Its first assignment; legs that come later have their own. Nil in what was taken over from
    /// records that name no handler.
    package let assignment: ProblemEvent.Assigned?
    package let assignedAt: Instant
    package internal(set) var legs: [Leg] = []
    package internal(set) var claim: ProblemEvent.Claimed?
    /// When all its lines had reported.
    package internal(set) var claimedAt: Instant?
    /// Everyone who acted for a handler in this round.
    package internal(set) var handlers: Set<Actor> = []
    package internal(set) var verifiedAt: Instant?
    package internal(set) var verifiedBy: Actor?
    package internal(set) var verificationFailedAt: Instant?
    package internal(set) var evaluatedAt: Instant?
    package internal(set) var returnVisitedAt: Instant?
    package internal(set) var rating: Rating?
    package internal(set) var closedAt: Instant?
    package internal(set) var lookedBackAt: Instant?
    package internal(set) var lookBackPassed: Bool?
    /// When the office opened it again after it was closed.
    package internal(set) var reopenedAt: Instant?
    /// What an earlier system did in it.
    package internal(set) var takenOver: ProblemEvent.TakenOver?

    /// The unit that led it last.
    package var unit: UnitID? {
      if case .unit(let unit) = lead?.party { unit } else { assignment?.unit }
    }

    /// The lead handler's leg; the last one where the first was withdrawn.
    package var lead: Leg? { legs.last { $0.role == .lead } }
    package var openLegs: [Leg] { legs.filter(\.isOpen) }

    package func leg(_ number: Int) -> Leg? { legs.first { $0.number == number } }

    /// The lines that must report before the check: the lead handler's and the official's.
    var linesOpen: Bool { legs.contains { $0.isOpen && $0.role != .coHandler } }
  }
}

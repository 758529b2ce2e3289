/// One party's part of a round: the lead handler's, a co-handler's, or the official's line. Each has a
/// clock of its own; a second department does not inherit a spent one.
package struct Leg: Hashable, Sendable {
  /// Who answers for it.
  package enum Party: Hashable, Sendable {
    case unit(UnitID)
    case official(OfficialID)
  }

  /// 退单: the handler says it is not theirs.
  package struct Objection: Hashable, Sendable {
    package let at: Instant
    package internal(set) var ruledAt: Instant?
    package internal(set) var upheld = false
  }

  /// 延期
  package struct Extension: Hashable, Sendable {
    package let askedAt: Instant
    package let until: Day
    package internal(set) var decidedAt: Instant?
    package internal(set) var approved = false
  }

  package struct Plan: Hashable, Sendable {
    package let steps: [ProblemEvent.Planned.Step]
    package internal(set) var approvedAt: Instant?
    package internal(set) var done: [Int: Instant] = [:]
  }

  /// A rung that was climbed for a milestone; each is climbed once, and once more where the milestone
  /// got another day.
  package struct Climb: Hashable, Sendable {
    package let rung: String
    package let on: Rung.Cause?
    package let milestone: MilestoneKind?
    package let step: Int?
    /// The day it was due.
    package let due: Day?

    func isFor(_ other: ProblemEvent.Due) -> Bool {
      milestone == other.milestone && step == other.step && due == other.day
    }
  }

  /// Running within the problem, from 1.
  package let number: Int
  package let round: Int
  package let role: LegRole
  package let party: Party
  package let rule: String
  package let ruleVersion: Int
  package let assignedAt: Instant
  package let isPushedDown: Bool
  package internal(set) var due: [ProblemEvent.Due]
  package internal(set) var acknowledgedAt: Instant?
  package internal(set) var firstFeedbackAt: Instant?
  /// Reported back: for the lead handler, that it is solved.
  package internal(set) var answeredAt: Instant?
  package internal(set) var withdrawnAt: Instant?
  package internal(set) var withdrawal: Withdrawal?
  package internal(set) var objection: Objection?
  package internal(set) var extended: Extension?
  package internal(set) var plan: Plan?
  package internal(set) var suspensions: [Suspension] = []
  package internal(set) var climbed: [Climb: Instant] = [:]
  /// How many urging orders went out.
  package internal(set) var urgingsSent = 0
  /// Those that went out for what, with when.
  package internal(set) var urgings: [Climb: Instant] = [:]

  package var isOpen: Bool { answeredAt == nil && withdrawnAt == nil }
  package var isSuspended: Bool { isOpen && suspensions.last.map { $0.until == nil } == true }
  package var hasPendingObjection: Bool {
    isOpen && objection.map { $0.ruledAt == nil } == true
  }
  package var hasPendingExtension: Bool {
    isOpen && extended.map { $0.decidedAt == nil } == true
  }
  package var hasPendingPlan: Bool { isOpen && plan.map { $0.approvedAt == nil } == true }

  /// When a milestone was met, or nil while it is open. A plan that was approved stands for the
  /// solution within the month (DOMAIN.md 4).
  package func met(_ due: ProblemEvent.Due) -> Instant? {
    switch due.milestone {
    case .acknowledge: acknowledgedAt ?? answeredAt
    case .firstFeedback: firstFeedbackAt ?? answeredAt
    case .solveComplex: answeredAt ?? plan?.approvedAt
    case .planStep: due.step.flatMap { step in plan?.done[step] } ?? answeredAt
    case .solveGeneral, .answer, .accept, .assign: answeredAt
    }
  }

  /// The milestones still to come, while its clock runs.
  package var openDue: [ProblemEvent.Due] {
    isOpen && !isSuspended ? due.filter { met($0) == nil } : []
  }

  /// The open milestone due first, or nil where none runs.
  package var nextDue: ProblemEvent.Due? { openDue.min { $0.instant < $1.instant } }

  /// The milestone by which it is to be solved or answered.
  package var finalDue: ProblemEvent.Due? { due.last { $0.milestone.isFinal } }
}

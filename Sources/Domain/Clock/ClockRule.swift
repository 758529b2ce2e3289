/// A versioned set of milestones with what belongs to them.
package struct ClockRule: Hashable, Sendable {
  package struct Milestone: Hashable, Sendable {
    package let kind: MilestoneKind
    package let budget: Budget
    package let from: Origin

    package init(kind: MilestoneKind, budget: Budget, from: Origin = .assignment) {
      (self.kind, self.budget, self.from) = (kind, budget, from)
    }
  }

  /// From when a milestone's time runs.
  package enum Origin: String, Sendable, Codable, CaseIterable {
    case registration, assignment, acknowledgement
  }

  /// Stable name: `13710`.
  package let name: String
  /// Raised with every change; each assignment stores the version it got.
  package let version: Int
  package let zh: String
  package let en: String
  /// The law or the paper it is from.
  package let source: String
  package let rollOver: Bool
  /// Seconds of the local day at which a due day ends.
  package let cutOff: Int
  package let milestones: [Milestone]
  /// How long after its acknowledgement an order may be returned; nil where it may not.
  package let objection: Budget?
  /// The longest extension; nil where none is limited.
  package let longestExtension: Budget?
  /// The part of the lead's budget in which co-handlers answer the lead.
  package let coHandlerShare: Share

  package init(
    name: String, version: Int, zh: String = "", en: String = "", source: String = "",
    rollOver: Bool, cutOff: Int = ClockRun.midnight, milestones: [Milestone],
    objection: Budget? = .workingDays(1), longestExtension: Budget? = nil,
    coHandlerShare: Share = .half
  ) {
    (self.name, self.version) = (name, version)
    (self.zh, self.en, self.source) = (zh, en, source)
    (self.rollOver, self.cutOff, self.milestones) = (rollOver, cutOff, milestones)
    (self.objection, self.longestExtension) = (objection, longestExtension)
    self.coHandlerShare = coHandlerShare
  }

  /// The milestones that bind a problem of this difficulty: where the rule has a time for general and
  /// one for complex problems, it is solved in one of them, not both.
  package func milestones(for difficulty: Difficulty) -> [Milestone] {
    let (own, other): (MilestoneKind, MilestoneKind) =
      difficulty.isComplex ? (.solveComplex, .solveGeneral) : (.solveGeneral, .solveComplex)
    guard milestones.contains(where: { $0.kind == own }) else { return milestones }
    return milestones.filter { $0.kind != other }
  }

  package func milestone(_ kind: MilestoneKind) -> Milestone? {
    milestones.first { $0.kind == kind }
  }

  /// A milestone's clock.
  package func run(
    _ budget: Budget, from start: Instant, suspensions: [Suspension] = [],
    on calendar: WorkingCalendar
  ) -> ClockRun {
    ClockRun(
      start: start, budget: budget, rollOver: rollOver, cutOff: cutOff, suspensions: suspensions,
      calendar: calendar)
  }
}

/// What must have happened by a milestone.
package enum MilestoneKind: String, Sendable, Codable, CaseIterable {
  /// Accepted, or declined, after registration 受理
  case accept
  /// Assigned after registration 交办
  case assign
  /// 1: acknowledged and studied 研判转办
  case acknowledge
  /// 3: first feedback 反馈
  case firstFeedback = "first_feedback"
  /// 7: general problem solved
  case solveGeneral = "solve_general"
  /// 1 month: complex or major problem solved
  case solveComplex = "solve_complex"
  /// A co-handler has answered the lead handler.
  case answer
  /// A step of an approved plan is done.
  case planStep = "plan_step"

  /// What a leg ends with.
  var isFinal: Bool { self == .solveGeneral || self == .solveComplex || self == .answer }
}

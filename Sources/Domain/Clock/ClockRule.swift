/// A versioned set of milestones that start together when an assignment is issued.
package struct ClockRule: Hashable, Sendable, Codable {
  package struct Milestone: Hashable, Sendable, Codable {
    package let kind: MilestoneKind
    package let budget: Budget
  }

  /// Stable name: `13710`.
  package let name: String
  /// Raised with every change; each assignment stores the version it got.
  package let version: Int
  package let rollOver: Bool
  package let milestones: [Milestone]

  /// The 13710 clock: five milestones on one assignment (DOMAIN.md 4). The fifth, 销号清零, is a
  /// state and has no date.
  package static let rule13710 = ClockRule(
    name: "13710", version: 1, rollOver: true,
    milestones: [
      Milestone(kind: .acknowledge, budget: .calendarDays(1)),
      Milestone(kind: .firstFeedback, budget: .calendarDays(3)),
      Milestone(kind: .solveGeneral, budget: .calendarDays(7)),
      Milestone(kind: .solveComplex, budget: .months(1)),
    ])

  /// The milestones that bind a problem of this difficulty: it is solved within a week or a month,
  /// not both.
  package func milestones(for difficulty: Difficulty) -> [Milestone] {
    let other: MilestoneKind = difficulty.isComplex ? .solveGeneral : .solveComplex
    return milestones.filter { $0.kind != other }
  }
}

/// What must have happened by a milestone.
package enum MilestoneKind: String, Sendable, Codable, CaseIterable {
  /// 1: acknowledged and studied 研判转办
  case acknowledge
  /// 3: first feedback 反馈
  case firstFeedback = "first_feedback"
  /// 7: general problem solved
  case solveGeneral = "solve_general"
  /// 1 month: complex or major problem solved
  case solveComplex = "solve_complex"
}

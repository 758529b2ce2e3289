import Domain

extension ClockRule {
  /// The shipped rule of that name, for tests that read no files.
  static let rule13710 = ClockRule(
    name: "13710", version: 1, rollOver: true,
    milestones: [
      Milestone(kind: .acknowledge, budget: .calendarDays(1)),
      Milestone(kind: .firstFeedback, budget: .calendarDays(3)),
      Milestone(kind: .solveGeneral, budget: .calendarDays(7)),
      Milestone(kind: .solveComplex, budget: .months(1)),
    ])
}

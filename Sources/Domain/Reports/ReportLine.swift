extension ReportContent {
  /// A problem, or an enterprise that was visited, as it stood at the report's instant.
  package struct Line: Hashable, Sendable, Codable {
    package let problem: ProblemID?
    package let number: Int64?
    package let round: Int?
    package let visit: VisitID?
    package let title: String
    package let concerns: String?
    package var day: Day?
    package let unit: UnitID?
    package var unitName: String?
    /// The last of its due dates.
    package var due: Instant?
    package var lamp: Lamp?
    /// The open milestone that is due first.
    package var milestone: MilestoneKind?
    package var milestoneDue: Instant?
    package let outcome: Outcome?
    /// When a shelved one is looked at again.
    package let review: Day?
    /// What an official did to it that day, as the ledger names it.
    package var deeds: [String]?
  }
}

extension ReportContent.Line {
  /// - Parameters:
  ///   - problem: with nothing of what came after the instant.
  ///   - round: the one that is told of.
  ///   - member: by which it belongs to the period.
  package init(_ problem: Problem, round: Int, asOf: Instant, member: Milestone?) {
    let facts =
      problem.spans.last { $0.facts.round == round }?.facts
      ?? problem.spans[problem.spans.count - 1].facts
    let isLast = problem.spans.last?.facts.round == facts.round
    let next = isLast ? problem.nextDue : nil
    self.problem = problem.id
    number = problem.registration.number
    self.round = round
    visit = nil
    (title, concerns) = (problem.registration.title, problem.registration.concerns)
    day = member.flatMap { facts.day(of: $0, problem) }
    unit = facts.assignedAt == nil ? nil : facts.unit
    unitName = nil
    due = facts.assignedAt == nil ? nil : facts.dueAt
    lamp = facts.lamp(at: asOf)
    (milestone, milestoneDue) = (next?.milestone, next?.instant)
    outcome = facts.outcome
    review = problem.state == .shelved ? problem.shelving?.reviewOn : nil
    deeds = nil
  }

  package init(
    visit: VisitID, title: String, concerns: String?, day: Day
  ) {
    self.visit = visit
    (self.title, self.concerns, self.day) = (title, concerns, day)
    (problem, number, round, unit, unitName) = (nil, nil, nil, nil, nil)
    (due, lamp, milestone, milestoneDue, outcome, review) = (nil, nil, nil, nil, nil, nil)
    deeds = nil
  }
}

extension Problem.Facts {
  /// The day by which a round belongs to a period, of what reports list by.
  fileprivate func day(of member: Milestone, _ problem: Problem) -> Day? {
    switch member {
    case .found: problem.registration.foundOn
    case .registered: problem.registeredAt.day
    case .assigned: assignedAt?.day
    case .claimed: claimedAt?.day
    case .closed: closedAt?.day
    case .lookedBack: lookedBackAt?.day
    // What is due at the end of a day is due on that day.
    case .due: dueAt.map { Instant(milliseconds: $0.milliseconds - 1).day }
    default: nil
    }
  }

  /// Of the final due date, while a handler has it; as figures have it.
  fileprivate func lamp(at asOf: Instant) -> Lamp {
    guard assignedAt != nil, claimedAt == nil, suspendedAt == nil, let dueAt else { return .grey }
    if dueAt <= asOf { return .red }
    return yellowAt.map { $0 <= asOf } ?? false ? .yellow : .green
  }
}

extension Lamp: Codable {}

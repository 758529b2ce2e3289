/// Due dates for legs, from the rule and what the leg has gone through.
struct Projection {
  let rule: ClockRule
  let calendar: WorkingCalendar

  init(_ surroundings: Problem.Surroundings) {
    (rule, calendar) = (surroundings.rule, surroundings.calendar)
  }

  /// The milestones of a new leg.
  func due(
    for role: LegRole, _ difficulty: Difficulty, from start: Instant
  ) -> [ProblemEvent.Due] {
    let milestones = rule.milestones(for: difficulty).filter { $0.from == .assignment }
    guard role == .coHandler else {
      return milestones.compactMap { due($0.kind, $0.budget, start) }
    }
    // Co-handlers acknowledge as the lead handler does and answer it in half its budget.
    let own = milestones.filter { $0.kind == .acknowledge }
      .compactMap { due($0.kind, $0.budget, start) }
    let half = milestones.last { $0.kind.isFinal }.map {
      rule.coHandlerShare.of($0.budget, from: start.day)
    }
    return own + (half.flatMap { due(.answer, $0, start) }.map { [$0] } ?? [])
  }

  /// Milestones that run from registration.
  func dueFromRegistration(_ start: Instant) -> [ProblemEvent.Due] {
    rule.milestones.filter { $0.from == .registration }
      .compactMap { due($0.kind, $0.budget, start) }
  }

  func due(
    _ milestone: MilestoneKind, _ budget: Budget, _ start: Instant,
    suspensions: [Suspension] = [], isOwnStart: Bool = false, step: Int? = nil
  ) -> ProblemEvent.Due? {
    DueDate(
      start: start, budget: budget, rollOver: rule.rollOver, cutOff: rule.cutOff,
      suspensions: suspensions, calendar: calendar
    ).map { date in
      ProblemEvent.Due(
        milestone: milestone, step: step, budget: budget, start: isOwnStart ? start : nil, date)
    }
  }

  /// The open milestones of a leg anew, with all its suspensions so far.
  func redated(_ leg: Leg, now: Instant) -> [ProblemEvent.Due] {
    leg.due.filter { leg.met($0) == nil }.compactMap { old in
      let suspensions = leg.suspensions.map { Suspension(from: $0.from, until: $0.until ?? now) }
      return due(
        old.milestone, old.budget, old.start ?? leg.assignedAt, suspensions: suspensions,
        isOwnStart: old.start != nil, step: old.step)
    }
  }

  /// The dates of a leg whose solution may come by another day; earlier milestones stay.
  func extended(_ leg: Leg, until day: Day, now: Instant) -> [ProblemEvent.Due] {
    guard let final = leg.finalDue else { return [] }
    return due(
      final.milestone, .calendarDays(max(1, day - now.day)), now, isOwnStart: true
    ).map { [$0] } ?? []
  }

  /// The dates of a plan's steps.
  func steps(_ steps: [ProblemEvent.Planned.Step], now: Instant) -> [ProblemEvent.Due] {
    steps.enumerated().compactMap { index, step in
      due(
        .planStep, .calendarDays(max(1, step.due - now.day)), now, isOwnStart: true,
        step: index + 1)
    }
  }
}

extension Problem {
  /// The milestones a problem registered now has from its registration on; nil where the rule has none.
  package static func dueFromRegistration(in surroundings: Surroundings) -> [ProblemEvent.Due]? {
    let due = Projection(surroundings).dueFromRegistration(surroundings.now)
    return due.isEmpty ? nil : due
  }
}

extension ProblemEvent.Due {
  init(
    milestone: MilestoneKind, step: Int?, budget: Budget, start: Instant?, _ date: DueDate
  ) {
    self.milestone = milestone
    self.step = step
    self.budget = budget
    self.start = start
    day = date.day
    instant = date.instant
    yellow = date.yellow
    nominal = date.nominal
    skipped = date.skipped.compactMap { skipped in
      switch skipped.reason {
      case .rest(.holiday(let name)): Skipped(day: skipped.day, holiday: name)
      case .rest(.weekend): Skipped(day: skipped.day, holiday: nil)
      // The leg's suspensions say it themselves.
      case .suspended: nil
      }
    }
    isProvisional = date.isProvisional
  }
}

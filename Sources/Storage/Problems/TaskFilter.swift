import Domain

/// What a to-do list is narrowed to.
package struct TaskFilter: Hashable, Sendable {
  /// How urgent it is.
  package enum Urgency: String, Sendable, CaseIterable {
    case overdue, today
    /// The lamp is yellow.
    case soon
    /// Without a date.
    case waiting
  }

  package var kind: Problem.Task.Kind?
  package var urgency: Urgency?

  package init(kind: Problem.Task.Kind? = nil, urgency: Urgency? = nil) {
    (self.kind, self.urgency) = (kind, urgency)
  }

  func narrow(_ conditions: inout ProblemConditions, now: Instant) {
    if let kind { conditions.add("t.task =", kind) }
    conditions.add("t.from_at <=", now)
    switch urgency {
    case .overdue: conditions.add("t.due_at <=", now)
    case .today:
      conditions.add("t.due_at >", now)
      // The instant of a due day is its end.
      conditions.add("t.due_at <=", Instant(startOf: now.day + 1))
    case .soon:
      conditions.add("t.due_at >", now)
      conditions.add("t.yellow_at <=", now)
    case .waiting: conditions.add("t.due_at is null")
    case nil: break
    }
  }
}

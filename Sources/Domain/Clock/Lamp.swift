/// How urgent an open milestone is. Computed, never stored.
package enum Lamp: String, Sendable {
  case green, yellow, red
  /// Nothing runs: not assigned yet, suspended, or ended.
  case grey

  /// - Parameter yellow: when a third of the budget is left, or a day once half of it is used.
  /// - Returns: red from the due instant on, yellow from the yellow one, before it green.
  package static func of(yellow: Instant, due: Instant, now: Instant) -> Lamp {
    now >= due ? .red : now >= yellow ? .yellow : .green
  }
}

extension ClockRun {
  /// Grey while suspended and where there is no due date: a suspended clock cannot be overdue.
  package func lamp(at now: Instant) -> Lamp {
    guard !suspended.contains(now), let due else { return .grey }
    return .of(yellow: due.yellow, due: due.instant, now: now)
  }
}

/// How urgent an open milestone is. Computed, never stored.
package enum Lamp: String, Sendable {
  case green, yellow, red
  /// Nothing runs: not assigned yet, or ended.
  case grey

  /// - Parameter yellow: when a third of the budget is left, or a day once half of it is used.
  /// - Returns: red from the due instant on, yellow from the yellow one, before it green.
  package static func of(yellow: Instant, due: Instant, now: Instant) -> Lamp {
    now >= due ? .red : now >= yellow ? .yellow : .green
  }
}

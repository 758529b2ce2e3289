/// How urgent an open milestone is. Computed, never stored.
package enum Lamp: String, Sendable {
  case green, yellow, red
  /// Nothing runs: not assigned yet, or ended.
  case grey

  /// - Returns: red at or after the due instant; yellow when a third or less of the budget is left,
  ///   or a day or less once half of it is used; else green.
  package static func of(start: Instant, due: Instant, now: Instant) -> Lamp {
    if now >= due { return .red }
    let (left, whole) = (due - now, due - start)
    if left * 3 <= whole { return .yellow }
    return left <= 86_400 && left * 2 <= whole ? .yellow : .green
  }
}

import HTTP

/// Numbers as a reader sees them, on pages and on paper.
extension Wording {
  /// `85.0%`, `4,834`, `3.5 天`; `—` where there is nothing to say.
  func amount(_ value: Double?, _ unit: ChartUnit) -> String {
    guard let value, value.isFinite else { return "—" }
    switch unit {
    case .percent: return percent(value * 100)
    case .number: return decimal(value, places: value == value.rounded() ? 0 : 1)
    case .days:
      if value == 1 { return counted("time.day", 1) }
      return self("time.day", ["n": decimal(value, places: value == value.rounded() ? 0 : 1)])
    }
  }

  /// `4,834`
  func count(_ number: Int) -> String { amount(Double(number), .number) }
}

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

  /// `85.0%` for 85; `—` where there is nothing to divide by.
  func percent(_ value: Double?) -> String {
    value.map { decimal($0, places: 1) + "%" } ?? "—"
  }

  /// With no place or one; half is rounded away from zero.
  func decimal(_ value: Double, places: Int) -> String {
    let scale = places == 0 ? 1.0 : 10.0
    let scaled = Int((abs(value) * scale).rounded())
    let whole = String(scaled / Int(scale))
    var grouped = ""
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.count - index) % 3 == 0 { grouped += "," }
      grouped.append(digit)
    }
    let sign = value < 0 && scaled > 0 ? "−" : ""
    return sign + grouped + (places == 0 ? "" : ".\(scaled % 10)")
  }
}

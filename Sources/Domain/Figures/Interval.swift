/// Bounds within which a rate lies with 95 % confidence, in percent.
package struct Interval: Hashable, Sendable {
  package let low: Double
  package let high: Double

  /// Wilson's score interval: also right for few and for 0 or 100 %.
  /// E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209–212.
  /// - Returns: nil where there is nothing to divide by.
  package static func wilson(_ successes: Int, of trials: Int) -> Interval? {
    if trials == 0 { return nil }
    let (n, p) = (Double(trials), Double(successes) / Double(trials))
    let z = 1.959963984540054
    let scale = 1 + z * z / n
    let middle = (p + z * z / (2 * n)) / scale
    let half = z / scale * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
    // The bounds of nothing and of all are exact; rounding must not move them.
    return Interval(
      low: successes == 0 ? 0 : 100 * max(0, middle - half),
      high: successes == trials ? 100 : 100 * min(1, middle + half))
  }
}

/// A step of a survival curve: how many of a hundred are still open after so many hours.
package struct SurvivalStep: Hashable, Sendable {
  package let hours: Int
  package let open: Double

  /// The product-limit estimate, in which those still open count for as long as they have been waited for.
  /// E. L. Kaplan, P. Meier, J. Am. Stat. Assoc. 53 (1958) 457–481.
  /// - Parameters:
  ///   - ended: how many ended after so many hours.
  ///   - waiting: how many have been open for so many hours.
  package static func curve(ended: [Int: Int], waiting: [Int: Int]) -> [SurvivalStep] {
    var atRisk = ended.values.reduce(0, +) + waiting.values.reduce(0, +)
    var open = 1.0
    var steps: [SurvivalStep] = []
    for hour in Set(ended.keys).union(waiting.keys).sorted() {
      let number = ended[hour] ?? 0
      if number > 0 {
        open *= 1 - Double(number) / Double(atRisk)
        steps.append(SurvivalStep(hours: hour, open: 100 * open))
      }
      atRisk -= number + (waiting[hour] ?? 0)
    }
    return steps
  }
}

/// How a rate is graded by its definition's limits.
package enum Grade: String, Hashable, Sendable, CaseIterable {
  case a = "A"
  case b = "B"
  case c = "C"
  case d = "D"

  /// - Returns: nil where the definition has no grades, or fewer than the minimum are counted: small units
  ///   are not ranked by luck (DOMAIN.md 6).
  package init?(_ tally: Tally, _ definition: Definition, minimum: Int) {
    guard let limits = definition.grades, let percent = tally.percent,
      tally.denominator >= max(1, minimum)
    else { return nil }
    let reached = limits.firstIndex {
      definition.sense == .less ? percent <= $0 : percent >= $0
    }
    self = Grade.allCases[min(reached ?? limits.count, Grade.allCases.count - 1)]
  }
}

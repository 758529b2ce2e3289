/// A part of something: `1/2`.
package struct Share: Hashable, Sendable {
  package let numerator: Int
  package let denominator: Int

  package static let half = Share("1/2")!

  /// The part of a budget, rounded up to a day; of months that of the days they have from a start on.
  package func of(_ budget: Budget, from start: Day) -> Budget {
    switch budget {
    case .calendarDays(let count): .calendarDays(up(count))
    case .workingDays(let count): .workingDays(up(count))
    case .months(let count): .calendarDays(up(start.adding(months: count) - start))
    case .hours(let count): .hours((up(count) + 23) / 24 * 24)
    }
  }

  private func up(_ count: Int) -> Int { (count * numerator + denominator - 1) / denominator }
}

extension Share: TextCodable {
  /// Reads `1/2`: more than nothing, at most the whole.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let numerator = Int(parts[0]), let denominator = Int(parts[1]),
      numerator > 0, numerator <= denominator, denominator <= 100
    else { return nil }
    (self.numerator, self.denominator) = (numerator, denominator)
  }

  package var description: String { "\(numerator)/\(denominator)" }
}

/// How much time a milestone allows, in the unit of its rule.
package enum Budget: Hashable, Sendable {
  case calendarDays(Int)
  case workingDays(Int)
  /// The same day of a later month, clamped to that month's last day.
  case months(Int)
}

extension Budget: TextCodable {
  /// Reads `7d` (calendar days), `7wd` (working days) or `1m` (months); at most 999 of a unit.
  package init?(_ text: String) {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard digits.count <= 3, let count = Int(digits), count > 0 else { return nil }
    switch text.dropFirst(digits.count) {
    case "d": self = .calendarDays(count)
    case "wd": self = .workingDays(count)
    case "m": self = .months(count)
    default: return nil
    }
  }

  package var description: String {
    switch self {
    case .calendarDays(let count): "\(count)d"
    case .workingDays(let count): "\(count)wd"
    case .months(let count): "\(count)m"
    }
  }
}

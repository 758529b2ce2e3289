/// How much time a milestone allows, in the unit of its rule.
package enum Budget: Hashable, Sendable {
  case calendarDays(Int)
  case workingDays(Int)
  /// The same day of a later month, clamped to that month's last day.
  case months(Int)
  /// By the clock on the wall.
  case hours(Int)

  package var count: Int {
    switch self {
    case .calendarDays(let count), .workingDays(let count), .months(let count),
      .hours(let count):
      count
    }
  }
}

extension Budget: TextCodable {
  /// Reads `24h` (hours), `7d` (calendar days), `7wd` (working days) or `1m` (months); at most
  /// 99,999 of a unit.
  package init?(_ text: String) {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard digits.count <= 5, let count = Int(digits), count > 0 else { return nil }
    switch text.dropFirst(digits.count) {
    case "h": self = .hours(count)
    case "d": self = .calendarDays(count)
    case "wd": self = .workingDays(count)
    case "m": self = .months(count)
    default: return nil
    }
  }

  package var description: String { "\(count)\(unit)" }

  /// `h`, `d`, `wd` or `m`.
  package var unit: String {
    switch self {
    case .hours: "h"
    case .calendarDays: "d"
    case .workingDays: "wd"
    case .months: "m"
    }
  }
}

/// A civil day of the proleptic Gregorian calendar, kept as the number of days since 1970-01-01.
package struct Day: Hashable, Comparable, Sendable {
  /// Days since 1970-01-01; negative before.
  package let number: Int

  package init(number: Int) {
    self.number = number
  }

  /// The day of a year, month (1–12) and day of month, or nil where the calendar has no such day.
  package init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= Day.length(ofMonth: month, year: year)
    else { return nil }
    self.init(year: year, month: month, validDay: day)
  }

  /// Days from civil: the year is counted from March, so that the leap day is the last of it.
  private init(year: Int, month: Int, validDay day: Int) {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    number = era * 146_097 + dayOfEra - 719_468
  }

  package var components: (year: Int, month: Int, day: Int) {
    let shifted = number + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
  }

  package var year: Int { components.year }

  package var weekday: Weekday {
    // 1970-01-01 was a Thursday.
    Weekday(rawValue: ((number + 3) % 7 + 7) % 7 + 1)!
  }

  package static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  package static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  /// The same day of a later (or earlier) month, or that month's last day: Civil Code art. 202.
  package func adding(months: Int) -> Day {
    let (year, month, day) = components
    let index = year * 12 + (month - 1) + months
    let (newYear, newMonth) = (index.floorDivided(by: 12), index.floorModulo(12) + 1)
    let last = Day.length(ofMonth: newMonth, year: newYear)
    return Day(year: newYear, month: newMonth, validDay: min(day, last))
  }

  package static func < (a: Day, b: Day) -> Bool { a.number < b.number }
  package static func + (day: Day, days: Int) -> Day { Day(number: day.number + days) }
  package static func - (a: Day, b: Day) -> Int { a.number - b.number }
}

package enum Weekday: Int, Sendable {
  case monday = 1
  case tuesday, wednesday, thursday, friday, saturday, sunday

  package var isWeekend: Bool { self == .saturday || self == .sunday }
}

extension Int {
  func floorDivided(by divisor: Int) -> Int {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }

  func floorModulo(_ divisor: Int) -> Int {
    let rest = self % divisor
    return rest < 0 ? rest + divisor : rest
  }
}

extension Day: TextCodable {
  /// Reads `2026-11-21`; anything else, an impossible day included, is nil.
  package init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      let year = Day.digits(bytes[0..<4]), let month = Day.digits(bytes[5..<7]),
      let day = Day.digits(bytes[8..<10])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  static func digits(_ bytes: ArraySlice<UInt8>) -> Int? {
    var value = 0
    for byte in bytes {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return value
  }

  /// `2026-11-21`
  package var description: String {
    let (year, month, day) = components
    guard (0...9999).contains(year) else {
      return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2)
    }
    return String(unsafeUninitializedCapacity: 10) { buffer in
      var text = FixedDigits(buffer)
      text.put(nil, year, 4)
      text.put("-", month, 2)
      text.put("-", day, 2)
      return text.count
    }
  }
}

/// Writes numbers of so many digits into memory that becomes a text.
struct FixedDigits {
  private let buffer: UnsafeMutableBufferPointer<UInt8>
  private(set) var count = 0

  init(_ buffer: UnsafeMutableBufferPointer<UInt8>) { self.buffer = buffer }

  /// - Precondition: the number has no more digits than that, and the mark is ASCII.
  mutating func put(_ mark: Unicode.Scalar?, _ number: Int, _ width: Int) {
    if let mark {
      buffer[count] = UInt8(ascii: mark)
      count += 1
    }
    var rest = number
    for place in (count..<count + width).reversed() {
      buffer[place] = UInt8(ascii: "0") + UInt8(rest % 10)
      rest /= 10
    }
    count += width
  }
}

/// A number in at least `width` digits, filled with zeros on the left.
package func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

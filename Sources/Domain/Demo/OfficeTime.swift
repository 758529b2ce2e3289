/// When people in offices do things: on working days between nine and half past five.
package struct OfficeTime: Sendable {
  package let calendar: WorkingCalendar

  package init(_ calendar: WorkingCalendar) { self.calendar = calendar }

  private static let opens: Int64 = 9 * 3600
  private static let closes: Int64 = 17 * 3600 + 1800
  /// Hours of a working day.
  package static let day = 8.5

  /// So many working hours later, to the minute.
  package func after(_ start: Instant, hours: Double) -> Instant {
    var (day, second) = (start.day, Int64(start.secondOfDay))
    var left = max(60, Int64(hours * 60) * 60)
    while true {
      if !calendar.isWorkingDay(day) || second >= Self.closes {
        day = calendar.workingDay(notBefore: day + 1)
        second = Self.opens
      }
      second = max(second, Self.opens)
      if left < Self.closes - second { return Instant(startOf: day) + second + left }
      left -= Self.closes - second
      second = Self.closes
    }
  }

  /// The link to rate with is good for a week, holidays or not; people rate in the evening too.
  package static func lastRating(_ verified: Instant) -> Instant {
    Instant(startOf: verified.day + 6) + 20 * 3600
  }

  /// A moment of the first working day from a day on.
  package func moment(onOrAfter day: Day, _ dice: inout Dice) -> Instant {
    let minutes = Int64(dice.whole(5...Int(Self.closes - Self.opens) / 60 - 5))
    return Instant(startOf: calendar.workingDay(notBefore: day)) + Self.opens + minutes * 60
  }
}

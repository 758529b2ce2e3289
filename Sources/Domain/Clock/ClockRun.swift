/// What a due date is computed from: a budget that runs from an instant, the times in which it does
/// not run, and the calendar.
package struct ClockRun: Sendable {
  package let start: Instant
  package let budget: Budget
  package let rollOver: Bool
  /// Seconds of the local day at which a due day ends; 86,400 is 24:00.
  package let cutOff: Int
  package let calendar: WorkingCalendar
  let suspended: SuspendedTime
  /// The start day, and how many days must count after it (calendar or working days), or how many
  /// milliseconds of a budget in hours.
  let startDay: Int
  let total: Int64

  /// The end of a day: 24:00.
  package static let midnight = 86_400
  /// More than anybody waits, and far from where numbers end.
  private static let largest = 1_000_000

  /// - Parameters:
  ///   - cutOff: seconds from 1 to 86,400.
  ///   - suspensions: in any order; they may overlap, and lie before the start.
  package init(
    start: Instant, budget: Budget, rollOver: Bool, cutOff: Int = ClockRun.midnight,
    suspensions: [Suspension] = [], calendar: WorkingCalendar
  ) {
    let start = SuspendedTime.limited(start)
    self.start = start
    self.budget = budget
    self.rollOver = rollOver
    self.cutOff = min(max(cutOff, 1), ClockRun.midnight)
    self.calendar = calendar
    suspended = SuspendedTime(suspensions)
    let day = start.day
    startDay = day.number
    let count = min(max(budget.count, 0), ClockRun.largest)
    total =
      switch budget {
      case .calendarDays, .workingDays: Int64(count)
      // Added and clamped once; suspended days come after: the same as so many days.
      case .months: Int64(day.adding(months: count) - day)
      case .hours: Int64(count) * 3_600_000
      }
  }

  /// When it is due; nil where a suspension that still lasts began before.
  package var due: DueDate? {
    let due = DueDate(self)
    guard let open = suspended.openFrom, let openDay = suspended.openDay,
      let began = suspended.openBegan
    else { return due }
    let isUsedUp =
      isInHours ? spent(total) <= open.milliseconds : due.nominal.number < openDay
    return isUsedUp && began >= Instant(startOf: due.day) ? due : nil
  }

  var isInHours: Bool { if case .hours = budget { true } else { false } }
  var countsWorkingDays: Bool { if case .workingDays = budget { true } else { false } }

  /// The n-th day after the start that counts, were no suspension open.
  func day(_ n: Int64) -> Int {
    guard n > 0 else { return startDay }
    var (position, left) = (startDay, Int(n))
    for span in suspended.spans {
      let days = SuspendedTime.days(span)
      guard !days.isEmpty, days.upperBound - 1 > position else { continue }
      let before = counting(from: position, to: days.lowerBound - 1)
      if before >= left { break }
      left -= before
      position = days.upperBound - 1
    }
    return countsWorkingDays
      ? calendar.workingDay(calendar.workingDays(through: position) + left) : position + left
  }

  /// Days after one and up to another that count where nothing is suspended.
  private func counting(from: Int, to: Int) -> Int {
    guard to > from else { return 0 }
    return countsWorkingDays
      ? calendar.workingDays(through: to) - calendar.workingDays(through: from) : to - from
  }

  /// The first instant at which so many milliseconds have run, were no suspension open.
  func spent(_ milliseconds: Int64) -> Int64 {
    var (position, left) = (start.milliseconds, milliseconds)
    for span in suspended.spans where span.upperBound > position {
      let before = max(0, span.lowerBound - position)
      if before >= left { break }
      left -= before
      position = span.upperBound
    }
    return position + left
  }
}

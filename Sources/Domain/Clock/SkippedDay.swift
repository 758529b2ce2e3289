/// A day the count passed over, and why.
package struct SkippedDay: Hashable, Sendable {
  package enum Reason: Hashable, Sendable {
    case rest(WorkingCalendar.Rest)
    /// The clock stood still from 00:00 to 24:00.
    case suspended
  }

  package let day: Day
  package let reason: Reason
}

extension ClockRun {
  /// Days that did not count, and rest days that roll-over passed, in order. Where it is not due
  /// because of an open suspension, those before that.
  package var skipped: [SkippedDay] {
    var skipped: [SkippedDay] = []
    let due = due
    let rolled = due.map { $0.nominal.number..<$0.day.number } ?? 0..<0
    eachDay(through: lastDay(due)) { day, rest, isSuspended in
      if let rest, countsWorkingDays {
        skipped.append(SkippedDay(day: day, reason: .rest(rest)))
      } else if isSuspended {
        skipped.append(SkippedDay(day: day, reason: .suspended))
      }
    }
    for number in rolled {
      let day = Day(number: number)
      guard let rest = calendar.rest(on: day) else { continue }
      skipped.append(SkippedDay(day: day, reason: .rest(rest)))
    }
    return skipped
  }

  /// A day it depends on lies in a year without a confirmed table (暂定).
  package var isProvisional: Bool { provisionalDays.map { calendar.isProvisional($0) } ?? false }

  /// The days whose being worked or not decides it.
  var provisionalDays: ClosedRange<Int>? {
    guard rollOver || countsWorkingDays else { return nil }
    let due = due
    let last = due?.day.number ?? lastDay(nil)
    let first = countsWorkingDays ? startDay + 1 : due?.nominal.number ?? last + 1
    return first <= last ? first...last : nil
  }

  /// The last day of the count, or where it is stopped the one before the open suspension's days.
  func lastDay(_ due: DueDate?) -> Int {
    due?.nominal.number ?? max(startDay, (suspended.openDay ?? startDay + 1) - 1)
  }

  /// The days after the start that do not simply count: of working days every one, else the suspended.
  func eachDay(
    through last: Int, _ body: (Day, WorkingCalendar.Rest?, _ isSuspended: Bool) -> Void
  ) {
    var next = startDay + 1
    for span in suspended.spans {
      let days = SuspendedTime.days(span).clamped(to: next..<max(next, last + 1))
      guard !days.isEmpty else { continue }
      eachRunningDay(next..<days.lowerBound, body)
      for number in days {
        let day = Day(number: number)
        body(day, countsWorkingDays ? calendar.rest(on: day) : nil, true)
      }
      next = days.upperBound
    }
    eachRunningDay(next..<max(next, last + 1), body)
  }

  private func eachRunningDay(
    _ days: Range<Int>, _ body: (Day, WorkingCalendar.Rest?, Bool) -> Void
  ) {
    guard countsWorkingDays else { return }
    for number in days {
      let day = Day(number: number)
      body(day, calendar.rest(on: day), false)
    }
  }
}

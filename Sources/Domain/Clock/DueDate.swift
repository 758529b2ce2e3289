/// The day something is due, with everything needed to explain it.
package struct DueDate: Hashable, Sendable {
  /// A day the count passed over, and why.
  package struct Skipped: Hashable, Sendable {
    package let day: Day
    package let rest: WorkingCalendar.Rest
  }

  package let day: Day
  /// The day before roll-over.
  package let nominal: Day
  /// Days that did not count, in order: rest days inside a working-day budget, and rest days that
  /// roll-over passed.
  package let skipped: [Skipped]
  /// When the lamp turns yellow: see `Lamp`.
  package let yellow: Instant
  /// A day in the count lies in a year without a confirmed table (暂定).
  package let isProvisional: Bool

  /// 24:00 Asia/Shanghai of the due day: on time means before this instant.
  package var instant: Instant { Instant(startOf: day + 1) }

  /// The due date of a budget. The start day does not count (Civil Code art. 201); with roll-over a
  /// due day that is not worked moves to the next working day (art. 203); a month ends on the same
  /// day or the month's last (art. 202).
  package init(start: Day, budget: Budget, rollOver: Bool, calendar: WorkingCalendar) {
    var skipped: [Skipped] = []
    var due: Day
    switch budget {
    case .calendarDays(let count):
      due = start + count
    case .months(let count):
      due = start.adding(months: count)
    case .workingDays(let count):
      due = start
      var left = count
      while left > 0 {
        due = due + 1
        if let rest = calendar.rest(on: due) {
          skipped.append(Skipped(day: due, rest: rest))
        } else {
          left -= 1
        }
      }
    }
    nominal = due
    if rollOver {
      while let rest = calendar.rest(on: due) {
        skipped.append(Skipped(day: due, rest: rest))
        due = due + 1
      }
    }
    day = due
    self.skipped = skipped
    yellow = DueDate.yellow(start: start, budget: budget, nominal: nominal, calendar: calendar)
    let looksAtCalendar = if case .workingDays = budget { true } else { rollOver }
    let firstConsulted = if case .workingDays = budget { start + 1 } else { nominal }
    isProvisional =
      looksAtCalendar
      && (firstConsulted.number...due.number).contains {
        calendar.isProvisional(Day(number: $0))
      }
  }

  /// The instant at which a third of the budget is left, in its own unit, or a day once half of it is
  /// used (DOMAIN.md 10). Roll-over gives no more budget.
  private static func yellow(
    start: Day, budget: Budget, nominal: Day, calendar: WorkingCalendar
  ) -> Instant {
    let whole: Int64
    if case .workingDays(let count) = budget {
      whole = Int64(count)
    } else {
      whole = Int64(nominal - start)
    }
    let day = Instant.millisecondsPerDay
    var left = max(whole * day / 3, min(day, whole * day / 2))
    var end = nominal
    guard case .workingDays = budget else {
      return Instant(milliseconds: Instant(startOf: end + 1).milliseconds - left)
    }
    // Backwards through working days only.
    while left > day {
      left -= day
      repeat { end = end + -1 } while !calendar.isWorkingDay(end)
    }
    return Instant(milliseconds: Instant(startOf: end + 1).milliseconds - left)
  }
}

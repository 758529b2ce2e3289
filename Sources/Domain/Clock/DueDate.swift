/// The day and the instant something is due, with everything needed to explain it.
package struct DueDate: Sendable {
  package let run: ClockRun
  package let day: Day
  /// The day before roll-over.
  package let nominal: Day
  /// On time means before this instant: the end of the due day, or where hours were counted theirs.
  package let instant: Instant
  /// When the lamp turns yellow: see `Lamp`.
  package let yellow: Instant

  /// The due date of a budget that nothing suspends. The start day does not count (Civil Code art.
  /// 201); with roll-over a due day that is not worked moves to the next working day (art. 203); a
  /// month ends on the same day or the month's last (art. 202).
  package init(
    start: Instant, budget: Budget, rollOver: Bool, cutOff: Int = ClockRun.midnight,
    calendar: WorkingCalendar
  ) {
    self.init(
      ClockRun(
        start: start, budget: budget, rollOver: rollOver, cutOff: cutOff, calendar: calendar))
  }

  /// The same from 00:00 of a day.
  package init(start: Day, budget: Budget, rollOver: Bool, calendar: WorkingCalendar) {
    self.init(
      start: Instant(startOf: start), budget: budget, rollOver: rollOver, calendar: calendar)
  }

  /// With suspensions: nil where one that still lasts began before the due day.
  package init?(
    start: Instant, budget: Budget, rollOver: Bool, cutOff: Int = ClockRun.midnight,
    suspensions: [Suspension], calendar: WorkingCalendar
  ) {
    let run = ClockRun(
      start: start, budget: budget, rollOver: rollOver, cutOff: cutOff, suspensions: suspensions,
      calendar: calendar)
    guard let due = run.due else { return nil }
    self = due
  }

  /// Were no suspension open.
  init(_ run: ClockRun) {
    self.run = run
    let end = run.isInHours ? Instant(milliseconds: run.spent(run.total)) : nil
    let nominal = end?.day ?? Day(number: run.day(run.total))
    let day = run.rollOver ? run.calendar.workingDay(notBefore: nominal) : nominal
    (self.nominal, self.day) = (nominal, day)
    if let end {
      instant = end + Int64(day - nominal) * 86_400
    } else {
      instant = Instant(startOf: day) + Int64(run.cutOff)
    }
    yellow = DueDate.yellow(run, nominal)
  }

  /// The instant at which a third of the budget is left, in its own unit, or a day once half of it is
  /// used (DOMAIN.md 10). Days run from one end of day to the next; suspended ones are none, and
  /// roll-over gives no more budget.
  private static func yellow(_ run: ClockRun, _ nominal: Day) -> Instant {
    let day = Instant.millisecondsPerDay
    let whole = run.isInHours ? run.total : run.total * day
    let left = max(whole / 3, min(day, whole / 2))
    if run.isInHours { return Instant(milliseconds: run.spent(whole - left)) }
    // Of the days that are left all but one, or a part of it, lie after the day the lamp turns.
    let after = left > 0 ? (left - 1) / day : 0
    let turning = after == 0 ? nominal.number : run.day(run.total - after)
    let end = Instant(startOf: Day(number: turning)) + Int64(run.cutOff)
    return Instant(milliseconds: end.milliseconds - (left - after * day))
  }

  /// A day it depends on lies in a year without a confirmed table (暂定).
  package var isProvisional: Bool { run.isProvisional }
  /// Days that did not count, and rest days that roll-over passed, in order.
  package var skipped: [SkippedDay] { run.skipped }
  /// How it came about, in order.
  package var steps: [ClockStep] { run.steps }
}

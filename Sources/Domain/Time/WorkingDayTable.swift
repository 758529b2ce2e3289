/// Working days counted up front, so that counting them costs the same for one and for a thousand.
/// Outside of the years it knows there are weekends only.
final class WorkingDayTable: Sendable {
  /// The first day it lists, and for each day from it on how many are worked, or are provisional, from
  /// the first through it.
  private let first: Int
  private let worked: [Int32]
  private let provisional: [Int32]
  /// The days that are worked, as offsets from the first.
  private let days: [Int32]
  /// Working days before the first, and how many more than weekdays there are through the last.
  private let before: Int
  private let surplus: Int

  init(years: Set<Int>, entries: [Day: WorkingCalendar.Entry]) {
    guard let low = (years.min().flatMap { Day(year: $0, month: 1, day: 1) }),
      let high = (years.max().flatMap { Day(year: $0, month: 12, day: 31) })
    else {
      (first, worked, provisional, days) = (0, [], [], [])
      before = WorkingDayTable.weekdays(through: -1)
      surplus = 0
      return
    }
    // A notice may list days of the years beside its own.
    let from = min(low, entries.keys.min() ?? low).number
    let through = max(high, entries.keys.max() ?? high).number
    var (worked, provisional, days) = ([Int32](), [Int32](), [Int32]())
    var (provisionalCount, year, isConfirmed) = (Int32(0), Int.min, false)
    for number in from...through {
      let day = Day(number: number)
      let entry = entries[day]
      if entry.map({ !$0.isOff }) ?? !day.weekday.isWeekend { days.append(Int32(number - from)) }
      if day.year != year { (year, isConfirmed) = (day.year, years.contains(day.year)) }
      if !isConfirmed, entry == nil { provisionalCount += 1 }
      worked.append(Int32(days.count))
      provisional.append(provisionalCount)
    }
    first = from
    (self.worked, self.provisional, self.days) = (worked, provisional, days)
    before = WorkingDayTable.weekdays(through: from - 1)
    surplus = before + days.count - WorkingDayTable.weekdays(through: through)
  }

  func isWorked(_ day: Int) -> Bool {
    let offset = day - first
    if offset >= 0, offset < worked.count {
      return worked[offset] != (offset == 0 ? 0 : worked[offset - 1])
    }
    return !Day(number: day).weekday.isWeekend
  }

  /// Working days through a day, from Monday 1969-12-29 on; fewer than none before.
  func count(through day: Int) -> Int {
    let offset = day - first
    if offset < 0 { return WorkingDayTable.weekdays(through: day) }
    guard offset < worked.count else { return WorkingDayTable.weekdays(through: day) + surplus }
    return before + Int(worked[offset])
  }

  /// The day with this count that is worked.
  func day(_ count: Int) -> Int {
    let index = count - before - 1
    if index < 0 { return WorkingDayTable.weekday(count) }
    guard index < days.count else { return WorkingDayTable.weekday(count - surplus) }
    return first + Int(days[index])
  }

  /// Whether any of the days is provisional.
  func isProvisional(_ range: ClosedRange<Int>) -> Bool {
    let (low, high) = (range.lowerBound - first, range.upperBound - first)
    guard low >= 0, high < provisional.count else { return true }
    return provisional[high] != (low == 0 ? 0 : provisional[low - 1])
  }

  /// Mondays to Fridays through a day, from Monday 1969-12-29 on.
  private static func weekdays(through day: Int) -> Int {
    let days = day + 4
    let week = days.floorDivided(by: 7)
    return 5 * week + min(days - 7 * week, 5)
  }

  /// The inverse.
  private static func weekday(_ count: Int) -> Int {
    let week = (count - 1).floorDivided(by: 5)
    return 7 * week + (count - 1 - 5 * week) - 3
  }
}

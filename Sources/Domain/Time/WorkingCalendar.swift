/// Which days are worked: weekends, the holidays of the yearly notices, and the weekends worked to
/// make up for them (调休).
package struct WorkingCalendar: Sendable {
  /// One day that a year's notice lists: off, or worked although it is a weekend.
  package struct Entry: Hashable, Sendable {
    package let day: Day
    package let name: String
    package let isOff: Bool

    package init(day: Day, name: String, isOff: Bool) {
      (self.day, self.name, self.isOff) = (day, name, isOff)
    }
  }

  /// Why a day is not worked.
  package enum Rest: Hashable, Sendable {
    case weekend
    case holiday(String)
  }

  /// What each year's table lists.
  package let years: [Int: [Entry]]
  private let entries: [Day: Entry]
  private let table: WorkingDayTable

  /// Years that a table may be of.
  package static let possibleYears = 1949...2200

  /// - Parameter years: each confirmed year with the days its notice lists. A notice may list days
  ///   of the year before or after; a day is what whichever year's table lists it says, the later
  ///   year's where both do. Other than possible years are left out.
  package init(years: [Int: [Entry]]) {
    self.years = years.filter { WorkingCalendar.possibleYears.contains($0.key) }
    var entries: [Day: Entry] = [:]
    for (year, days) in self.years.sorted(by: { $0.key < $1.key }) {
      for entry in days where abs(entry.day.year - year) <= 1 { entries[entry.day] = entry }
    }
    self.entries = entries
    table = WorkingDayTable(years: Set(self.years.keys), entries: entries)
  }

  /// The years whose notice is known; days of other years are provisional (暂定).
  package var confirmedYears: Set<Int> { Set(years.keys) }

  package func rest(on day: Day) -> Rest? {
    if table.isWorked(day.number) { return nil }
    return entries[day].map { .holiday($0.name) } ?? .weekend
  }

  package func isWorkingDay(_ day: Day) -> Bool { table.isWorked(day.number) }

  /// The name of the holiday that a worked weekend makes up for; nil for other days.
  package func makeUp(on day: Day) -> String? {
    guard day.weekday.isWeekend, let entry = entries[day], !entry.isOff else { return nil }
    return entry.name
  }

  package func isProvisional(_ day: Day) -> Bool { isProvisional(day.number...day.number) }

  /// Whether any of the days is provisional.
  func isProvisional(_ days: ClosedRange<Int>) -> Bool { table.isProvisional(days) }

  /// The day itself where it is worked, else the next that is.
  package func workingDay(notBefore day: Day) -> Day {
    table.isWorked(day.number)
      ? day : Day(number: workingDay(workingDays(through: day.number) + 1))
  }

  /// Working days from an epoch through a day; differences of it are numbers of working days.
  func workingDays(through day: Int) -> Int { table.count(through: day) }

  /// The day with this number of working days through it.
  func workingDay(_ count: Int) -> Int { table.day(count) }
}

extension WorkingCalendar {
  /// A day that two calendars see differently.
  package struct Difference: Hashable, Sendable {
    package let day: Day
    /// Why it was, and why it is, not worked; nil where it was, or is.
    package let before: Rest?
    package let after: Rest?

    /// Working days changed, not only a name.
    package var movesDueDates: Bool { (before == nil) != (after == nil) }
  }

  /// What changed since another calendar was in force, day by day.
  package func differences(from old: WorkingCalendar) -> [Difference] {
    Set(entries.keys).union(old.entries.keys).sorted().compactMap { day in
      let difference = difference(on: day, from: old)
      return difference.before == difference.after ? nil : difference
    }
  }

  /// One day as it was and as it is, whether or not that differs.
  package func difference(on day: Day, from old: WorkingCalendar) -> Difference {
    Difference(day: day, before: old.rest(on: day), after: rest(on: day))
  }

  /// This calendar with tables of other years put in the place of its own.
  package func replacing(_ tables: [Int: [Entry]]) -> WorkingCalendar {
    tables.isEmpty ? self : WorkingCalendar(years: years.merging(tables) { $1 })
  }
}

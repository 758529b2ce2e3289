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

  private let entries: [Day: Entry]
  /// The years whose notice is known; days of other years are provisional (暂定).
  package let confirmedYears: Set<Int>

  /// - Parameter years: each confirmed year with the days its notice lists. A notice may list days
  ///   of the year before or after; a day is what whichever year's table lists it says.
  package init(years: [Int: [Entry]]) {
    confirmedYears = Set(years.keys)
    var entries: [Day: Entry] = [:]
    for year in years.keys.sorted() {
      for entry in years[year]! { entries[entry.day] = entry }
    }
    self.entries = entries
  }

  package func rest(on day: Day) -> Rest? {
    if let entry = entries[day] {
      return entry.isOff ? .holiday(entry.name) : nil
    }
    return day.weekday.isWeekend ? .weekend : nil
  }

  package func isWorkingDay(_ day: Day) -> Bool { rest(on: day) == nil }

  package func isProvisional(_ day: Day) -> Bool {
    !confirmedYears.contains(day.year) && entries[day] == nil
  }
}

import Domain
import Testing

@Suite struct WorkingCalendarTests {
  private func entry(_ day: String, off: Bool, _ name: String = "春节") -> WorkingCalendar.Entry {
    .init(day: Day(day)!, name: name, isOff: off)
  }

  @Test func weekendsHolidaysAndMakeUpDays() throws {
    let calendar = WorkingCalendar(years: [
      2026: [entry("2026-02-16", off: true), entry("2026-02-28", off: false)]
    ])
    #expect(calendar.rest(on: Day("2026-02-16")!) == .holiday("春节"))
    #expect(calendar.isWorkingDay(Day("2026-02-28")!) && Day("2026-02-28")!.weekday.isWeekend)
    #expect(calendar.rest(on: Day("2026-03-01")!) == .weekend)
    #expect(calendar.isWorkingDay(Day("2026-03-02")!))
  }

  /// DOMAIN.md 10: a day is what whichever year's table lists it says; 2006-12-30 stands in 2007's.
  @Test func aTableMayListDaysOfTheYearBefore() {
    let calendar = WorkingCalendar(years: [2007: [entry("2006-12-30", off: false, "元旦")]])
    #expect(calendar.isWorkingDay(Day("2006-12-30")!))
    #expect(!calendar.isProvisional(Day("2006-12-30")!))
    #expect(calendar.isProvisional(Day("2006-12-29")!))
    #expect(!calendar.isProvisional(Day("2007-06-01")!))
  }
}

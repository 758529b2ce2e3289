import Domain
import Foundation
import Services
import TestSupport
import Testing

/// The shipped calendar and the vectors of DOMAIN.md 4.
@Suite struct ClockVectorTests {
  private let calendar = TestPlatform.data.calendar.calendar

  /// Assigned, +1, +3, +7 working days, then +3 and +7 calendar days with roll-over.
  @Test(arguments: [
    ("2026-02-12", ["02-13", "02-24", "02-28", "02-24", "02-24"]),
    ("2026-02-14", ["02-24", "02-26", "03-03", "02-24", "02-24"]),
    ("2026-04-30", ["05-06", "05-08", "05-13", "05-06", "05-07"]),
    ("2026-09-18", ["09-20", "09-22", "09-29", "09-21", "09-28"]),
    ("2026-09-30", ["10-08", "10-10", "10-15", "10-08", "10-08"]),
  ])
  func vectors(assigned: String, expected: [String]) throws {
    let start = try #require(Day(assigned))
    let budgets: [Budget] = [
      .workingDays(1), .workingDays(3), .workingDays(7), .calendarDays(3), .calendarDays(7),
    ]
    let due = budgets.map { budget in
      // Roll-over changes nothing for working days: they end on one.
      DueDate(start: start, budget: budget, rollOver: true, calendar: calendar)
    }
    #expect(due.map { $0.day.description.suffix(5) } == expected.map { $0[...] })
    #expect(due.allSatisfy { !$0.isProvisional })
  }

  /// The same vectors before roll-over, where the table gives them.
  @Test(arguments: [
    ("2026-02-12", 3, "2026-02-15"), ("2026-02-12", 7, "2026-02-19"),
    ("2026-02-14", 3, "2026-02-17"), ("2026-02-14", 7, "2026-02-21"),
    ("2026-04-30", 3, "2026-05-03"), ("2026-09-18", 7, "2026-09-25"),
    ("2026-09-30", 3, "2026-10-03"), ("2026-09-30", 7, "2026-10-07"),
  ])
  func beforeRollOver(assigned: String, days: Int, nominal: String) throws {
    let start = try #require(Day(assigned))
    let rolled = DueDate(
      start: start, budget: .calendarDays(days), rollOver: true, calendar: calendar)
    #expect(rolled.nominal == Day(nominal))
    let plain = DueDate(
      start: start, budget: .calendarDays(days), rollOver: false, calendar: calendar)
    #expect(plain.day == Day(nominal))
    #expect(plain.skipped.isEmpty)
  }

  /// Due 02-15 rolls over nine days of Spring Festival: 02-14 and 02-28 are worked.
  @Test func aDueDateExplainsItself() throws {
    let due = DueDate(
      start: try #require(Day("2026-02-12")), budget: .calendarDays(3), rollOver: true,
      calendar: calendar)
    #expect(due.skipped.map(\.day) == (15...23).map { Day(year: 2026, month: 2, day: $0)! })
    #expect(due.skipped.allSatisfy { $0.reason == .rest(.holiday("春节")) })
    #expect(due.instant.description == "2026-02-25T00:00:00+08:00")
  }

  @Test func aYearWithoutATableIsProvisional() throws {
    let start = try #require(Day("2026-12-30"))
    let due = DueDate(start: start, budget: .calendarDays(3), rollOver: true, calendar: calendar)
    // 2027-01-02 is a Saturday; weekends are all that is known of 2027.
    #expect(due.day == Day("2027-01-04"))
    #expect(due.isProvisional)
    let certain = DueDate(
      start: start, budget: .calendarDays(3), rollOver: false, calendar: calendar)
    #expect(!certain.isProvisional)
  }

  /// A working-day due date is worked, and exactly the budget's working days lie up to it.
  @Test func workingDaysAgreeWithCounting() throws {
    for offset in 0..<730 {
      let start = Day("2025-01-01")! + offset
      for count in [1, 3, 7, 15] {
        let due = DueDate(
          start: start, budget: .workingDays(count), rollOver: false, calendar: calendar)
        let worked = (start.number + 1...due.day.number).filter {
          calendar.isWorkingDay(Day(number: $0))
        }
        if worked.count != count || worked.last != due.day.number
          || due.day - start != count + due.skipped.count
        {
          Issue.record("\(start) + \(count)")
        }
      }
    }
  }

  @Test func theShippedYears() {
    #expect(calendar.confirmedYears == Set(2007...2026))
    // From the notice for 2026 (国办发明电〔2025〕7号): 3 January and 10 October are Saturdays.
    #expect(calendar.isWorkingDay(Day("2026-10-10")!) && Day("2026-10-10")!.weekday.isWeekend)
    #expect(calendar.rest(on: Day("2026-10-01")!) != nil)
  }

  /// The shipped file says the same as the public listing of the notices.
  @Test(.enabled(if: sharedData != nil))
  func theShippedYearsAgreeWithThePublicListing() throws {
    let listing = try CalendarFile(
      json: [UInt8](Data(contentsOf: URL(fileURLWithPath: sharedData! + "/holidays.json")))
    ).calendar
    for number in Day("2006-01-01")!.number...Day("2027-12-31")!.number {
      let day = Day(number: number)
      if listing.rest(on: day) != calendar.rest(on: day)
        || listing.isProvisional(day) != calendar.isProvisional(day)
      {
        Issue.record("\(day)")
      }
    }
  }
}

import Domain
import Testing

@Suite struct DayTests {
  /// Day numbers checked against `date -u -d … +%s` divided by 86,400; weekdays against `cal`.
  @Test(arguments: [
    ("1970-01-01", 0, Weekday.thursday), ("2000-02-29", 11_016, .tuesday),
    ("2026-11-21", 20_778, .saturday), ("1969-12-31", -1, .wednesday),
    ("2024-12-31", 20_088, .tuesday), ("1900-03-01", -25_508, .thursday),
  ])
  func numberAndWeekday(text: String, number: Int, weekday: Weekday) throws {
    let day = try #require(Day(text))
    #expect(day.number == number)
    #expect(day.weekday == weekday)
    #expect(day.description == text)
  }

  @Test(arguments: [
    "2026-02-29", "2026-13-01", "2026-00-10", "2026-4-31", "2026-04-31", "26-04-30", "",
    "2026/04/30", "2026-04-30 ", "２０２６-04-30", "-026-04-30",
  ])
  func whatIsNoDayIsRefused(text: String) {
    #expect(Day(text) == nil)
  }

  /// Every day of four centuries goes to its parts and back, and follows the day before.
  @Test func partsAndBack() {
    var (year, month, day) = (1800, 1, 1)
    var number = Day(year: 1800, month: 1, day: 1)!.number
    while year < 2200 {
      let value = Day(number: number)
      if value.components != (year, month, day) || Day(year: year, month: month, day: day) != value
      {
        Issue.record("\(year)-\(month)-\(day)")
        return
      }
      day += 1
      if day > Day.length(ofMonth: month, year: year) { (day, month) = (1, month + 1) }
      if month > 12 { (month, year) = (1, year + 1) }
      number += 1
    }
  }

  /// Civil Code art. 202: the same day, or the month's last.
  @Test(arguments: [
    ("2026-01-31", 1, "2026-02-28"), ("2028-01-31", 1, "2028-02-29"),
    ("2026-02-12", 1, "2026-03-12"), ("2026-12-31", 2, "2027-02-28"),
    ("2026-03-31", -1, "2026-02-28"), ("2026-05-15", 12, "2027-05-15"),
  ])
  func months(start: String, months: Int, end: String) throws {
    #expect(try #require(Day(start)).adding(months: months) == Day(end))
  }

  /// Asia/Shanghai is eight hours ahead: the day turns at 16:00 UTC.
  @Test(
    arguments: [
      (1_795_190_399_000, "2026-11-20", "23:59"), (1_795_190_400_000, "2026-11-21", "00:00"),
      (-28_800_001, "1969-12-31", "23:59"),
    ] as [(Int64, String, String)])
  func dayOfAnInstant(milliseconds: Int64, day: String, clock: String) {
    let instant = Instant(milliseconds: milliseconds)
    #expect(instant.day.description == day)
    #expect(instant.clockTime == clock)
  }
}

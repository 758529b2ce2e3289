import Domain
import Testing

/// Weeks from Monday to Sunday and calendar months, in Asia/Shanghai.
@Suite struct ReportPeriodTests {
  /// Days, first and last, from a wall calendar.
  @Test(arguments: [
    ("2022-12-28", "2022-12-26", "2023-01-01"), ("2023-01-01", "2022-12-26", "2023-01-01"),
    ("2023-01-02", "2023-01-02", "2023-01-08"), ("2024-02-29", "2024-02-26", "2024-03-03"),
    ("2026-11-23", "2026-11-23", "2026-11-29"),
  ])
  func weeks(day: String, first: String, last: String) {
    let week = ReportPeriod(.week, of: Day(day)!)
    #expect([week.first.description, week.last.description] == [first, last])
    #expect(week.description == first && ReportPeriod(first) == week)
    #expect(week.next.previous == week && week.next.first == week.last + 1)
    #expect(week.end == Instant(text: "\(last)T23:59")! + 60)
  }

  @Test(arguments: [
    ("2026-02-14", "2026-02", 28), ("2024-02-01", "2024-02", 29), ("2022-12-31", "2022-12", 31),
    ("2026-11-30", "2026-11", 30),
  ])
  func months(day: String, text: String, days: Int) {
    let month = ReportPeriod(.month, of: Day(day)!)
    #expect(month.description == text && ReportPeriod(text) == month)
    #expect(month.last - month.first + 1 == days)
    #expect(month.previous.last + 1 == month.first && month.previous.next == month)
  }

  @Test(arguments: ["2022-12-27", "2022-13", "2022-12-1", "", "2022", "2022-02-30"])
  func noPeriods(text: String) {
    #expect(ReportPeriod(text) == nil)
  }

  @Test func subjectsReadWhatTheyWrite() {
    for subject in [ReportSubject.unit(UnitID(17)), .official(OfficialID(9))] {
      #expect(ReportSubject(subject.description) == subject)
    }
    for text in ["unit-", "unit-0", "unit-007", "unit--3", "person-3", "17"] {
      #expect(ReportSubject(text) == nil, "\(text)")
    }
  }

  /// Until it is over, a report speaks of now.
  @Test func asOf() {
    let week = ReportPeriod("2026-11-23")!
    let end = Instant(text: "2026-11-30T00:00")!
    #expect(week.asOf(at: end + 3600) == end)
    let now = Instant(text: "2026-11-25T10:00")!
    #expect(week.asOf(at: now).milliseconds == now.milliseconds + 1)
  }
}

import Domain
import Testing

/// Notices are shown from 07:30 to 21:00 of working days.
@Suite struct NoticeHoursTests {
  /// 2026-09-20 is a Sunday that is worked; 10-01 to 10-07 are holidays.
  private let calendar = WorkingCalendar(years: [
    2026: [.init(day: Day("2026-09-20")!, name: "国庆节", isOff: false)]
      + (1...7).map { .init(day: Day("2026-10-0\($0)")!, name: "国庆节", isOff: true) }
  ])

  private func instant(_ text: String) -> Instant {
    let (day, time) = (Day(text.prefix(10))!, text.dropFirst(11).split(separator: ":"))
    return Instant(startOf: day) + Int64(time[0])! * 3600 + Int64(time[1])! * 60
  }

  @Test(arguments: [
    // By day at once.
    ("2026-11-20 10:00", "2026-11-20 10:00", "2026-11-23 07:30"),
    ("2026-11-20 07:30", "2026-11-20 07:30", "2026-11-23 07:30"),
    ("2026-11-19 20:59", "2026-11-19 20:59", "2026-11-20 07:30"),
    // At night in the morning.
    ("2026-11-19 21:00", "2026-11-20 07:30", "2026-11-20 07:30"),
    ("2026-11-19 23:59", "2026-11-20 07:30", "2026-11-20 07:30"),
    ("2026-11-20 00:00", "2026-11-20 07:30", "2026-11-23 07:30"),
    ("2026-11-20 07:29", "2026-11-20 07:30", "2026-11-23 07:30"),
    // On Friday night, at the weekend: on Monday.
    ("2026-11-20 21:30", "2026-11-23 07:30", "2026-11-23 07:30"),
    ("2026-11-21 10:00", "2026-11-23 07:30", "2026-11-23 07:30"),
    ("2026-11-22 22:00", "2026-11-23 07:30", "2026-11-23 07:30"),
    // A Sunday that is worked, and a week of holidays.
    ("2026-09-19 12:00", "2026-09-20 07:30", "2026-09-20 07:30"),
    ("2026-09-20 12:00", "2026-09-20 12:00", "2026-09-21 07:30"),
    ("2026-09-30 21:01", "2026-10-08 07:30", "2026-10-08 07:30"),
    ("2026-10-03 09:00", "2026-10-08 07:30", "2026-10-08 07:30"),
  ])
  func never(_ at: String, shown: String, bundled: String) {
    #expect(NoticeHours.visible(from: instant(at), .on, calendar) == instant(shown))
    #expect(NoticeHours.visible(from: instant(at), .bundled, calendar) == instant(bundled))
  }
}

import Domain
import Foundation
import Ledger
import Services
import Storage
import TestSupport
import Testing

/// Year tables in the database: in force at once, on every server, and all in the ledger.
@Suite struct CalendarTests {
  /// New Year's Day 2027, and the Saturday after it worked.
  private static let table2027 = """
    {"source": "test", "years": {"2027": {"days": [
      {"date": "2027-01-01", "name": "元旦", "off": true},
      {"date": "2027-01-02", "name": "元旦", "off": false}]}}}
    """

  private func file(_ json: String) throws -> CalendarFile {
    try CalendarFile(json: Array(json.utf8))
  }

  private func calendar(_ platform: Platform) async throws -> WorkingCalendar {
    try await platform.database.read { try platform.calendar(in: $0) }
  }

  private func kinds(_ year: Int, _ platform: Platform) async throws -> [String] {
    try await platform.database.read { connection in
      try LedgerRows.stream("calendar/\(year)", in: connection).map(\.kind)
    }
  }

  @Test(arguments: Engine.available)
  func anImportedYearIsConfirmed(engine: Engine) async throws {
    try await engine.withSample { platform in
      let new = Day("2027-01-02")!
      // Another server on the same database, which has read the calendar already.
      let other = Platform(
        database: platform.platform.database, vault: platform.platform.vault,
        data: TestPlatform.data, now: platform.platform.now)
      #expect(try await calendar(other).isProvisional(new))
      let office = try await platform.account(.office)
      let report = try await ImportCalendar(platform.platform)(file(Self.table2027), by: office)
      #expect(report.years == [2027] && report.newYears == [2027])
      #expect(report.differences.map(\.day) == [Day("2027-01-01"), new])
      for platform in [platform.platform, other] {
        let calendar = try await calendar(platform)
        #expect(!calendar.isProvisional(new) && calendar.isWorkingDay(new))
        #expect(calendar.confirmedYears == Set(2007...2027))
      }
      let again = try await ImportCalendar(platform.platform)(file(Self.table2027), by: office)
      #expect(again.years == [])
      #expect(try await kinds(2027, platform.platform) == ["calendar.imported"])
      #expect(try await ReplayLedger(platform.platform)().differences == [])
    }
  }

  @Test(arguments: Engine.available)
  func aDayIsChangedByHand(engine: Engine) async throws {
    try await engine.withSample { platform in
      let office = try await platform.account(.office)
      let edit = EditCalendarDay(platform.platform)
      let (monday, saturday) = (Day("2026-11-23")!, Day("2026-02-28")!)
      let off = try await edit(monday, .off, name: "防汛", reason: "市政府通知", by: office)
      #expect(off?.before == nil && off?.after == .holiday("防汛"))
      #expect(try await edit(monday, .off, name: "防汛", reason: "市政府通知", by: office) == nil)
      // The shipped table comes first, so that the ledger alone tells the whole.
      let both = ["calendar.imported", "calendar.changed"]
      #expect(try await kinds(2026, platform.platform) == both)
      // Listed as worked although it is: an entry of the table, but no other day for anybody.
      let listed = try await edit(monday + 1, .work, name: "防汛", reason: "补班", by: office)
      #expect(listed?.before == nil && listed != nil && listed?.after == nil)
      let rest = try await edit(saturday, .plain, name: "", reason: "取消调休", by: office)
      #expect(rest?.before == nil && rest?.after == .weekend)
      let calendar = try await calendar(platform.platform)
      #expect(!calendar.isWorkingDay(monday) && !calendar.isWorkingDay(saturday))
      let table = try #require(try await ShowCalendar(platform.platform)(2026))
      #expect(table.version == 4 && table.days.contains { $0.day == monday })
      #expect(try await ReplayLedger(platform.platform)().differences == [])
    }
  }

  /// 2006-12-30 stands in the table of 2007, and is changed there.
  @Test func aDayIsChangedInTheTableThatListsIt() async throws {
    try await Engine.sqlite.withSample { platform in
      let edit = EditCalendarDay(platform.platform)
      try await edit(Day("2006-12-30")!, .plain, name: "", reason: "更正", by: nil)
      #expect(try await kinds(2006, platform.platform) == [])
      #expect(try await kinds(2007, platform.platform).count == 2)
      #expect(try await !calendar(platform.platform).isWorkingDay(Day("2006-12-30")!))
    }
  }

  @Test func whatIsRefused() async throws {
    try await Engine.sqlite.withSample { platform in
      let handler = try await platform.account(.handler, unit: LoadSample.handlingUnit)
      let edit = EditCalendarDay(platform.platform)
      let day = Day("2026-11-23")!
      await #expect(throws: UseCaseError.self) {
        try await edit(day, .off, name: "x", reason: "x", by: handler)
      }
      await #expect(throws: UseCaseError.self) {
        try await ImportCalendar(platform.platform)(file(Self.table2027), by: handler)
      }
      await #expect(throws: CalendarFault.nameMissing(day)) {
        try await edit(day, .off, name: " ", reason: "x", by: nil)
      }
      await #expect(throws: CalendarFault.reasonMissing) {
        try await edit(day, .off, name: "x", reason: "", by: nil)
      }
      await #expect(throws: CalendarFault.unconfirmedYear(2027)) {
        try await edit(Day("2027-01-01")!, .off, name: "元旦", reason: "x", by: nil)
      }
      #expect(try await kinds(2026, platform.platform) == [])
    }
  }

  @Test(
    arguments: Engine.available,
    [
      ("update calendar_days set off = 0 where off = 1", "calendar_days off"),
      ("delete from calendar_days where off = 0", "calendar_days –"),
      ("update calendar_years set source = 'x'", "calendar_years source"),
    ])
  func whatDiffersFromTheLedgerIsNamed(
    engine: Engine, change: (sql: String, found: String)
  ) async throws {
    try await engine.withSample { platform in
      _ = try await ImportCalendar(platform.platform)(file(Self.table2027), by: nil)
      try await platform.platform.database.write { try $0.run(change.sql) }
      let found = try await ReplayLedger(platform.platform)().differences.map {
        "\($0.table) \($0.column ?? "–")"
      }
      #expect(found == [change.found])
    }
  }

  /// An order that is issued takes the calendar in force.
  @Test(arguments: Engine.available)
  func issuedDatesTakeTheCalendarInForce(engine: Engine) async throws {
    try await engine.withSample { platform in
      let office = try await platform.account(.office)
      // The sample's day is Friday 2026-11-20; a day's budget rolls over to Tuesday.
      try await EditCalendarDay(platform.platform)(
        Day("2026-11-23")!, .off, name: "防汛", reason: "市政府通知", by: office)
      let calendar = try await calendar(platform.platform)
      let due = DueDate(
        start: Day("2026-11-20")!, budget: .calendarDays(1), rollOver: true, calendar: calendar)
      #expect(due.day == Day("2026-11-24"))
    }
  }

  @Test(arguments: [
    ("{", "unreadable"), (#"{"years": {}}"#, "empty"),
    (#"{"years": {"x": {"days": []}}}"#, "not_a_year"),
    (#"{"years": {"9999": {"days": []}}}"#, "not_a_year"),
    (#"{"years": {"2027": {}}}"#, "unreadable"),
    (
      #"{"years": {"2027": {"days": [{"date": "2027-02-30", "name": "x", "off": true}]}}}"#,
      "unreadable"
    ),
    (
      #"{"years": {"2027": {"days": [{"date": "2030-01-01", "name": "x", "off": true}]}}}"#,
      "foreign_day"
    ),
    (
      #"{"years": {"2027": {"days": [{"date": "2027-01-01", "name": " ", "off": true}]}}}"#,
      "name_missing"
    ),
    (
      """
      {"years": {"2027": {"days": [{"date": "2027-01-01", "name": "x", "off": true},
        {"date": "2027-01-01", "name": "y", "off": true}]}}}
      """, "listed_twice"
    ),
  ])
  func aFileThatIsNone(json: String, code: String) {
    let fault = #expect(throws: CalendarFault.self) { try file(json) }
    #expect(fault?.code == code)
  }
}

import Domain
import Testing

/// A due date tells how it came about, in order.
@Suite struct ClockStepTests {
  private func steps(
    _ start: String, _ budget: Budget, rollOver: Bool = false, _ suspensions: [String] = []
  ) throws -> [String] {
    try ClockReadingTests.Case(
      start: start, budget: budget, rollOver: rollOver, suspensions: suspensions, due: nil
    ).run().steps.map(\.code)
  }

  /// Thursday 2026-02-12 before Spring Festival: see the vectors of DOMAIN.md 4.
  @Test func steps() throws {
    let rest = Array(repeating: "holiday", count: 9)
    #expect(
      try steps("2026-02-12", .calendarDays(3), rollOver: true)
        == ["start_not_counted", "counted"] + rest + ["rolled_over", "ends"])
    #expect(
      try steps("2026-02-12", .workingDays(7))
        == ["start_not_counted", "make_up_day"] + rest + ["make_up_day", "counted", "ends"])
    #expect(
      try steps(
        "2026-01-31", .months(1), ["2026-02-03..2026-02-04", "2026-02-10T12:00..2026-02-11"])
        == [
          "start_not_counted", "month_clamped", "suspended", "partly_suspended", "suspended",
          "counted", "ends",
        ])
    #expect(
      try steps(
        "2026-03-06T16:30", .hours(24), rollOver: true, ["2026-03-07T01:00..2026-03-07T02:00"])
        == ["runs", "suspended_time", "counted_to", "weekend", "weekend", "rolled_over", "ends"])
    #expect(
      try steps("2026-03-02", .calendarDays(7), ["2026-03-05.."]) == [
        "start_not_counted", "stopped",
      ])
    #expect(
      try steps("2026-12-30", .workingDays(3))
        == ["start_not_counted", "weekend", "weekend", "counted", "ends", "provisional"])
  }

  /// Suspended working days that lie beside each other are one step; a rest day between belongs to
  /// neither.
  @Test func suspendedDaysAreTold() throws {
    let run = try ClockReadingTests.Case(
      start: "2026-03-02", budget: .workingDays(7), suspensions: ["2026-03-05..2026-03-10"],
      due: nil
    ).run()
    let days = { (text: String) in Day("2026-03-\(text)")! }
    #expect(
      run.steps == [
        .startNotCounted(days("02")), .suspended(from: days("05"), through: days("06")),
        .rest(days("07"), .weekend), .rest(days("08"), .weekend),
        .suspended(from: days("09"), through: days("10")), .rest(days("14"), .weekend),
        .rest(days("15"), .weekend), .counted(days("17")), .ends(Instant(startOf: days("18"))),
      ])
  }

  @Test func whatTwoCalendarsSeeDifferently() {
    let (old, day) = (ClockReadingTests.calendar, Day("2026-02-28")!)
    let new = old.replacing([
      2026: old.years[2026]!.filter { $0.day != day }
        + [.init(day: Day("2026-03-02")!, name: "防汛", isOff: true)]
    ])
    #expect(new.differences(from: new) == [])
    let differences = new.differences(from: old)
    #expect(differences.map(\.day) == [day, Day("2026-03-02")!])
    #expect(differences.map(\.before) == [nil, nil])
    #expect(differences.map(\.after) == [.weekend, .holiday("防汛")])
    #expect(differences.map(\.movesDueDates) == [true, true])
  }

  @Test(arguments: [
    ("2026-02-12T16:30", "2026-02-12T16:30:00.000+08:00"),
    ("2026-02-12T16:30:05", "2026-02-12T16:30:05.000+08:00"),
    ("2026-02-12T16:30:05.25+08:00", "2026-02-12T16:30:05.250+08:00"),
    ("2026-02-12T16:30Z", "2026-02-13T00:30:00.000+08:00"),
    ("2026-02-12T16:30:00-05:30", "2026-02-13T06:00:00.000+08:00"),
  ])
  func anInstantIsRead(text: String, expected: String) {
    #expect(Instant(text: text)?.preciseDescription == expected)
  }

  @Test(arguments: [
    "", "2026-02-12", "2026-02-30T10:00", "2026-02-12T24:00", "2026-02-12T10:60",
    "2026-02-12 10:00", "2026-02-12T10:00:", "2026-02-12T10:00:60", "2026-02-12T10:00:00.",
    "2026-02-12T10:00+8", "2026-02-12T10:00+08:00x", "2026-02-12T10:00:0é", "2026-02-12T1:00",
  ])
  func noInstant(text: String) {
    #expect(Instant(text: text) == nil)
  }

  @Test(arguments: [
    ("2026-03-05", Suspension.TextFault.noRange), ("..2026-03-05", .notATime("")),
    ("2026-03-05..x", .notATime("x")), ("2026-03-05..2026-03-04", .endsBeforeItBegins),
    ("2026-03-05T10:00..2026-03-05T09:59", .endsBeforeItBegins),
    ("2026-02-30..", .notATime("2026-02-30")),
  ])
  func noSuspension(text: String, fault: Suspension.TextFault) {
    #expect(throws: fault) { try Suspension(text: text) }
  }

  @Test(arguments: ["24h", "7d", "7wd", "1m", "999wd", "99999d"])
  func aBudgetIsRead(text: String) {
    #expect(Budget(text)?.description == text)
  }

  @Test(arguments: ["", "7", "d", "0d", "100000d", "7x", "-7d", "7 d", "７d", "7D", "1.5h"])
  func noBudget(text: String) {
    #expect(Budget(text) == nil)
  }
}

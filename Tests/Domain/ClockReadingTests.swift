import Domain
import Testing

/// The readings of DOMAIN.md 10, one by one. Every date is worked out by hand on a wall calendar:
/// 2026-03-02 is a Monday; Spring Festival is off from 02-15 to 02-23, the 14th and the 28th, both
/// Saturdays, are worked.
@Suite struct ClockReadingTests {
  static let calendar = WorkingCalendar(years: [
    2026: (15...23).map {
      .init(day: Day(year: 2026, month: 2, day: $0)!, name: "春节", isOff: true)
    } + [14, 28].map { .init(day: Day(year: 2026, month: 2, day: $0)!, name: "春节", isOff: false) }
  ])

  struct Case: Sendable, CustomTestStringConvertible {
    let start: String
    let budget: Budget
    var rollOver = false
    var suspensions: [String] = []
    /// The due date, or nil where there is none.
    let due: String?
    /// The due instant, where it is not the end of that day.
    var instant: String?

    var testDescription: String {
      "\(start) + \(budget)\(rollOver ? " →" : "") \(suspensions.joined(separator: " "))"
    }

    func run(cutOff: Int = ClockRun.midnight) throws -> ClockRun {
      let day = Day(start).map { Instant(startOf: $0) }
      return ClockRun(
        start: try #require(day ?? Instant(text: start)), budget: budget, rollOver: rollOver,
        cutOff: cutOff, suspensions: try suspensions.map { try Suspension(text: $0) },
        calendar: ClockReadingTests.calendar)
    }
  }

  @Test(arguments: [
    // The local day of the start does not count, however late it is.
    Case(start: "2026-03-02T00:00", budget: .calendarDays(7), due: "2026-03-09"),
    Case(start: "2026-03-02T23:59:59.999", budget: .calendarDays(7), due: "2026-03-09"),
    Case(start: "2026-03-01T16:00:00Z", budget: .calendarDays(7), due: "2026-03-09"),
    Case(start: "2026-03-01T15:59:59Z", budget: .calendarDays(7), due: "2026-03-08"),
    // A day wholly covered by the union does not count; dates include both ends.
    Case(
      start: "2026-03-02", budget: .calendarDays(7), suspensions: ["2026-03-04..2026-03-05"],
      due: "2026-03-11"),
    Case(
      start: "2026-03-02", budget: .calendarDays(7),
      suspensions: ["2026-03-05..2026-03-07", "2026-03-04..2026-03-06"], due: "2026-03-13"),
    Case(
      start: "2026-03-02", budget: .calendarDays(7),
      suspensions: [
        "2026-03-04T12:00..2026-03-05T00:00", "2026-03-04T00:00..2026-03-04T12:00",
      ], due: "2026-03-10"),
    // One only partly covered counts in full.
    Case(
      start: "2026-03-02", budget: .calendarDays(7),
      suspensions: ["2026-03-04T00:01..2026-03-05T23:59"], due: "2026-03-09"),
    Case(
      start: "2026-03-02", budget: .calendarDays(7),
      suspensions: ["2026-03-04T00:00..2026-03-04T23:59:59.999"], due: "2026-03-09"),
    // A suspended start day adds nothing; neither does what lies before or after.
    Case(
      start: "2026-03-02", budget: .calendarDays(7), suspensions: ["2026-02-27..2026-03-02"],
      due: "2026-03-09"),
    Case(
      start: "2026-03-02", budget: .calendarDays(7), suspensions: ["2026-03-10..2026-03-20"],
      due: "2026-03-09"),
    // Working days: 3, 4, 5, 6, 9, 10, 11 March. Friday to Monday takes two of them, the weekend none.
    Case(start: "2026-03-02", budget: .workingDays(7), due: "2026-03-11"),
    Case(
      start: "2026-03-02", budget: .workingDays(7), suspensions: ["2026-03-06..2026-03-09"],
      due: "2026-03-13"),
    Case(
      start: "2026-03-02", budget: .workingDays(7), suspensions: ["2026-03-07..2026-03-08"],
      due: "2026-03-11"),
    // A make-up Saturday suspended is a working day lost: 25, 26, 27 February, then Monday.
    Case(
      start: "2026-02-24", budget: .workingDays(4), suspensions: ["2026-02-28..2026-02-28"],
      due: "2026-03-02"),
    // Open and begun before the due day: none. On the due day itself, or later: it stands.
    Case(start: "2026-03-02", budget: .calendarDays(7), suspensions: ["2026-03-05.."], due: nil),
    Case(start: "2026-03-02", budget: .calendarDays(7), suspensions: ["2026-03-01.."], due: nil),
    Case(
      start: "2026-03-02", budget: .calendarDays(7), suspensions: ["2026-03-08T23:59.."],
      due: nil),
    Case(
      start: "2026-03-02", budget: .calendarDays(7), suspensions: ["2026-03-09T00:01.."],
      due: "2026-03-09"),
    Case(
      start: "2026-03-02", budget: .calendarDays(7), suspensions: ["2026-03-10.."],
      due: "2026-03-09"),
    // The 9th is no due day when it is covered by two together.
    Case(
      start: "2026-03-02", budget: .calendarDays(7),
      suspensions: ["2026-03-09T00:00..2026-03-09T12:00", "2026-03-09T12:00.."], due: nil),
    // Begun between the nominal end and the day roll-over gives.
    Case(
      start: "2026-03-02", budget: .calendarDays(5), rollOver: true,
      suspensions: ["2026-03-08.."], due: nil),
    Case(
      start: "2026-03-02", budget: .calendarDays(5), rollOver: true,
      suspensions: ["2026-03-09.."], due: "2026-03-09"),
    // Months are added at once and clamped once.
    Case(start: "2026-01-31", budget: .months(1), due: "2026-02-28"),
    Case(start: "2026-01-31", budget: .months(2), due: "2026-03-31"),
    Case(start: "2024-01-31", budget: .months(1), due: "2024-02-29"),
    Case(start: "2024-02-29", budget: .months(12), due: "2025-02-28"),
    Case(start: "2025-12-31", budget: .months(2), rollOver: true, due: "2026-02-28"),
    // Suspended days come after the nominal end of a month.
    Case(
      start: "2026-03-02", budget: .months(1), suspensions: ["2026-03-10..2026-03-14"],
      due: "2026-04-07"),
    Case(
      start: "2026-01-31", budget: .months(1), suspensions: ["2026-02-01..2026-02-02"],
      due: "2026-03-02"),
    Case(
      start: "2026-03-02", budget: .months(1),
      suspensions: ["2026-04-02..2026-04-02", "2026-04-03..2026-04-04"], due: "2026-04-05"),
    // Roll-over looks at working days only: a suspended working day is one.
    Case(
      start: "2026-02-12", budget: .calendarDays(3), rollOver: true,
      suspensions: ["2026-02-24..2026-02-24"], due: "2026-02-24"),
    Case(start: "2026-02-12", budget: .calendarDays(3), due: "2026-02-15"),
    Case(start: "2026-02-26", budget: .calendarDays(2), rollOver: true, due: "2026-02-28"),
    // Hours are wall-clock hours less suspended time; a date begins at 00:00.
    Case(
      start: "2026-03-02T16:30", budget: .hours(24), due: "2026-03-03", instant: "03-03T16:30"),
    Case(start: "2026-03-02", budget: .hours(10), due: "2026-03-02", instant: "03-02T10:00"),
    Case(
      start: "2026-03-02T16:30", budget: .hours(24),
      suspensions: ["2026-03-03T09:00..2026-03-03T12:00"], due: "2026-03-03",
      instant: "03-03T19:30"),
    Case(
      start: "2026-03-02T16:30", budget: .hours(24), suspensions: ["2026-03-02..2026-03-03"],
      due: "2026-03-05", instant: "03-05T00:00"),
    Case(
      start: "2026-03-02T16:30", budget: .hours(24), suspensions: ["2026-03-03T16:29.."],
      due: nil),
    Case(
      start: "2026-03-02T16:30", budget: .hours(24), suspensions: ["2026-03-03T16:30.."],
      due: "2026-03-03", instant: "03-03T16:30"),
    // Roll-over keeps the clock time on the next working day.
    Case(
      start: "2026-03-06T16:30", budget: .hours(24), rollOver: true, due: "2026-03-09",
      instant: "03-09T16:30"),
  ])
  func reading(_ given: Case) throws {
    let due = try given.run().due
    #expect(due?.day.description == given.due)
    guard let due else { return }
    let end = Instant(startOf: due.day + 1)
    #expect(
      given.instant.map { "2026-\($0):00+08:00" } ?? end.description == due.instant.description)
  }

  @Test func anotherCutOff() throws {
    let given = Case(start: "2026-03-02", budget: .calendarDays(7), due: "2026-03-09")
    let due = try #require(try given.run(cutOff: 17 * 3600 + 1800).due)
    #expect(due.instant.description == "2026-03-09T17:30:00+08:00")
    #expect(due.yellow.description == "2026-03-07T09:30:00+08:00")
  }

  /// Yellow at a third or less of the budget, or a day or less once half of it is used.
  @Test(arguments: [
    (Case(start: "2026-03-02", budget: .hours(24), due: nil), "2026-03-02T12:00"),
    (Case(start: "2026-03-02", budget: .hours(72), due: nil), "2026-03-04T00:00"),
    (
      Case(
        start: "2026-03-02", budget: .hours(72), suspensions: ["2026-03-03..2026-03-03"],
        due: nil), "2026-03-05T00:00"
    ),
    // 3, 6 and 7 March count; a day is left when the 7th begins.
    (
      Case(
        start: "2026-03-02", budget: .calendarDays(3), suspensions: ["2026-03-04..2026-03-05"],
        due: nil), "2026-03-07T00:00"
    ),
    // 3, 4, 5, 6, 9 and 10 March count; two days are left when the 9th begins.
    (
      Case(
        start: "2026-03-02", budget: .calendarDays(6), suspensions: ["2026-03-07..2026-03-08"],
        due: nil), "2026-03-09T00:00"
    ),
    // 3, 4, 5, 10, 11, 12, 13 March: 7/3 days before the end of the 13th.
    (
      Case(
        start: "2026-03-02", budget: .workingDays(7), suspensions: ["2026-03-06..2026-03-09"],
        due: nil), "2026-03-11T16:00"
    ),
  ])
  func yellow(_ given: Case, expected: String) throws {
    #expect(try #require(try given.run().due).yellow.description.prefix(16) == expected)
  }

  @Test func theLampOfASuspendedClockIsGrey() throws {
    let run = try Case(
      start: "2026-03-02", budget: .calendarDays(3), suspensions: ["2026-03-04..2026-03-05"],
      due: nil
    ).run()
    let lamps = ["03-03T10:00", "03-04T00:00", "03-06T00:00", "03-07T00:00", "03-08T00:00"].map {
      run.lamp(at: Instant(text: "2026-\($0)")!)
    }
    #expect(lamps == [.green, .grey, .green, .yellow, .red])
    let open = try Case(
      start: "2026-03-02", budget: .calendarDays(3), suspensions: ["2026-03-04.."], due: nil
    ).run()
    #expect(open.lamp(at: Instant(text: "2026-06-01T00:00")!) == .grey)
  }

  /// Nothing that can be asked stops the program, or takes long.
  @Test(arguments: [
    Budget.workingDays(999), .months(999), .calendarDays(.max), .workingDays(.max), .hours(.max),
    .months(.max), .calendarDays(-5),
  ])
  func hugeBudgets(budget: Budget) {
    let times = [Int64.min, 0, 1_772_380_800_000, .max].map { Instant(milliseconds: $0) }
    let suspensions = [
      Suspension(from: times[0], until: times[1]), Suspension(from: times[2], until: times[3]),
    ]
    for start in times {
      let run = ClockRun(
        start: start, budget: budget, rollOver: true, suspensions: suspensions,
        calendar: Self.calendar)
      #expect(run.due != nil)
      let open = ClockRun(
        start: start, budget: budget, rollOver: true,
        suspensions: suspensions + [Suspension(from: times[3], until: nil)],
        calendar: Self.calendar)
      #expect(open.due.map { $0.day >= open.start.day } ?? true)
    }
  }
}

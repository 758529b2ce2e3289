import Domain
import Testing

/// DOMAIN.md 4 and 10: yellow at a third or less of the budget in the rule's own unit, or a day or
/// less once half of it is used; red from the due instant on.
@Suite struct LampTests {
  /// Spring Festival 2026: off from the 15th to the 23rd; the 14th and the 28th are worked.
  private let calendar = WorkingCalendar(years: [
    2026: (15...23).map {
      .init(day: Day(year: 2026, month: 2, day: $0)!, name: "春节", isOff: true)
    } + [14, 28].map { .init(day: Day(year: 2026, month: 2, day: $0)!, name: "春节", isOff: false) }
  ])

  /// Worked out by hand: the budget runs from the end of the start day to the end of the nominal
  /// day; roll-over gives no more of it.
  @Test(arguments: [
    ("2026-03-02", Budget.calendarDays(1), "2026-03-03T12:00"),
    ("2026-03-02", .calendarDays(3), "2026-03-05T00:00"),
    ("2026-02-12", .calendarDays(3), "2026-02-15T00:00"),
    ("2026-03-02", .calendarDays(6), "2026-03-07T00:00"),
    // March has 31 days: the month from 03-02 to 04-02 is 31 days, a third of it 10 days 8 hours.
    ("2026-03-02", .months(1), "2026-03-23T16:00"),
    // Seven working days are 24 to 28 February, 2 and 3 March; seven thirds of one, counted back
    // from the end, are the 3rd, the 2nd and the last eight hours of Saturday the 28th.
    ("2026-02-14", .workingDays(7), "2026-02-28T16:00"),
    ("2026-02-12", .workingDays(1), "2026-02-13T12:00"),
  ])
  func yellow(start: String, budget: Budget, expected: String) throws {
    let due = DueDate(
      start: try #require(Day(start)), budget: budget, rollOver: true, calendar: calendar)
    #expect(due.yellow.description.prefix(16) == expected)
  }

  @Test func theOrderOfTheLamps() {
    let (yellow, due) = (Instant(milliseconds: 1000), Instant(milliseconds: 2000))
    let lamps = [999, 1000, 1999, 2000].map {
      Lamp.of(yellow: yellow, due: due, now: Instant(milliseconds: $0))
    }
    #expect(lamps == [.green, .yellow, .yellow, .red])
  }
}

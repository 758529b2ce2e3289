import Domain
import HTTP
import Services

/// Working days as programs see them.
enum CalendarShapes {
  private static let entry = Shape<WorkingCalendar.Entry>(
    "CalendarEntry",
    [
      .init("day") { $0.day },
      .init("name") { $0.name },
      .init("is_off") { $0.isOff },
    ])

  struct Year: Sendable {
    let year: Int
    /// Nil for a year of which only the weekends are known.
    let table: ShowCalendar.Table?
    let calendar: WorkingCalendar

    var restDays: [Day] {
      guard let first = Day("\(year)-01-01"), let last = Day("\(year)-12-31") else { return [] }
      return (first.number...last.number).map { Day(number: $0) }
        .filter { !calendar.isWorkingDay($0) }
    }
  }

  static let year = Shape<Year>(
    "CalendarYear",
    [
      .init("year") { $0.year },
      .init("is_confirmed") { $0.table != nil },
      .init("version") { $0.table?.version },
      .init("source") { $0.table?.source },
      .init("days", list: entry) { $0.table?.days ?? [] },
      // Weekends among them.
      .init("rest_days") { $0.restDays },
    ])

  // MARK: Changes

  private static let kinds = ["work", "weekend", "holiday"]

  private static func kind(_ rest: WorkingCalendar.Rest?) -> String {
    switch rest {
    case nil: "work"
    case .weekend: "weekend"
    case .holiday: "holiday"
    }
  }

  private static let difference = Shape<WorkingCalendar.Difference>(
    "CalendarDifference",
    [
      .init("day") { $0.day },
      .init("before", .choice(kinds), write: { $1.text(kind($0.before)) }),
      .init("after", .choice(kinds), write: { $1.text(kind($0.after)) }),
      .init("moves_due_dates") { $0.movesDueDates },
    ])

  private static let due = Shape<Problem.MovedDue>(
    "MovedDue",
    [
      .init("leg") { $0.leg },
      .init(choice: "milestone") { $0.milestone },
      .init("from") { $0.from.day },
      .init("to") { $0.to.day },
    ])

  private static let problem = Shape<ReprojectClocks.Moved>(
    "MovedProblem",
    [
      .init(id: "id") { $0.problem },
      .init("number") { $0.number },
      .init("title") { $0.title },
      .init("dues", list: due) { $0.dues },
    ])

  private static let movedFields: [Field<MovedDates>] = [
    .init("problems") { $0.problems },
    .init("dates") { $0.dates },
    // The first of them.
    .init("shown", list: problem) { $0.shown },
  ]

  static let pending = Shape<MovedDates>("PendingDueDates", movedFields)
  static let moved = Shape<MovedDates>("MovedDueDates", movedFields)

  struct Change: Sendable {
    let differences: [WorkingCalendar.Difference]
    let newYears: [Int]
    /// What it would move, where it is only shown.
    var moves: MovedDates?
  }

  static let change = Shape<Change>(
    "CalendarChange",
    [
      .init("differences", list: difference) { $0.differences },
      .init("new_years") { $0.newYears },
      .init("moves", optional: moved) { $0.moves },
    ])
}

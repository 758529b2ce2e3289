import Domain
import HTTP
import Services
import Synchronization

/// The open due dates that a change of the calendar moves, or would move.
struct MovedDates {
  /// How many problems, and how many of their dates.
  private(set) var problems = 0
  private(set) var dates = 0
  /// The first of them.
  private(set) var shown: [ReprojectClocks.Moved] = []

  /// Problems that a page lists.
  private static let limit = 100

  private mutating func add(_ moved: ReprojectClocks.Moved) {
    problems += 1
    dates += moved.dues.count
    if shown.count < Self.limit { shown.append(moved) }
  }

  /// What the working days as they are would move.
  static func gather(_ platform: Platform, by account: Account) async throws -> MovedDates {
    let all = Mutex(MovedDates())
    try await ReprojectClocks(platform)(cause: nil, by: account) { moved in
      all.withLock { $0.add(moved) }
    }
    return all.withLock { $0 }
  }

  /// What these would.
  static func gather(
    _ platform: Platform, on calendar: WorkingCalendar, by account: Account
  ) async throws -> MovedDates {
    let all = Mutex(MovedDates())
    try await ReprojectClocks(platform).preview(on: calendar, by: account) { moved in
      all.withLock { $0.add(moved) }
    }
    return all.withLock { $0 }
  }

  func view(_ words: Wording) -> View {
    [
      "moves": problems > 0,
      "moved_summary": words(
        "calendar.moves", ["problems": String(problems), "dates": String(dates)]),
      "more_moved":
        (problems > shown.count
        ? words("tasks.more", ["n": String(shown.count)]) : "").orFalse,
      "moved": shown.flatMap { problem in
        problem.dues.map { due -> View in
          [
            "number": words.number(problem.number), "title": problem.title,
            "url": Route.problem(problem.problem).path,
            "milestone": words("milestone.\(due.milestone.rawValue)"),
            "from": words.day(due.from.day), "to": words.day(due.to.day),
          ]
        }
      },
    ]
  }
}

import Domain
import Synchronization

/// The open due dates that a change of the calendar moves, or would move.
package struct MovedDates: Sendable {
  /// How many problems, and how many of their dates.
  package private(set) var problems = 0
  package private(set) var dates = 0
  /// The first of them.
  package private(set) var shown: [ReprojectClocks.Moved] = []

  /// Problems that are listed.
  private static let limit = 100

  private mutating func add(_ moved: ReprojectClocks.Moved) {
    problems += 1
    dates += moved.dues.count
    if shown.count < Self.limit { shown.append(moved) }
  }

  /// What the working days as they are would move.
  /// - Throws: `UseCaseError.forbidden`
  package static func gather(
    _ platform: Platform, by account: Account
  ) async throws -> MovedDates {
    try await gather { try await ReprojectClocks(platform)(cause: nil, by: account, found: $0) }
  }

  /// What these would.
  /// - Throws: `UseCaseError.forbidden`
  package static func gather(
    _ platform: Platform, on calendar: WorkingCalendar, by account: Account
  ) async throws -> MovedDates {
    try await gather {
      try await ReprojectClocks(platform).preview(on: calendar, by: account, found: $0)
    }
  }

  /// Moves them.
  /// - Throws: `UseCaseError.forbidden`, `.refused` for a cause without words.
  package static func move(
    _ platform: Platform, cause: String, by account: Account
  ) async throws -> MovedDates {
    try await gather {
      try await ReprojectClocks(platform)(cause: cause, by: account, found: $0)
    }
  }

  private static func gather(
    _ look: (@escaping @Sendable (ReprojectClocks.Moved) -> Void) async throws -> Void
  ) async throws -> MovedDates {
    let all = Mutex(MovedDates())
    try await look { moved in all.withLock { $0.add(moved) } }
    return all.withLock { $0 }
  }
}

import Domain
import Storage

/// Moves the open dates to the calendar and rules as they are now: first shown, then done, with the
/// cause in each problem's ledger stream. A due date never moves by itself.
package struct ReprojectClocks: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Moved: Sendable {
    package let problem: ProblemID
    package let number: Int64
    package let title: String
    package let dues: [Problem.MovedDue]
  }

  /// What would move if the working days were these; nothing is changed.
  /// - Throws: `UseCaseError.forbidden`
  package func preview(
    on calendar: WorkingCalendar, by account: Account,
    found: @escaping @Sendable (Moved) -> Void
  ) async throws {
    try await run(cause: nil, on: calendar, by: account, found: found)
  }

  /// Problems looked at in one transaction.
  private static let together = 200

  /// - Parameters:
  ///   - cause: why, in words; nil only shows what would move.
  ///   - found: told of each problem with a date that moves.
  /// - Throws: `UseCaseError.forbidden`, `.refused` for a cause without words.
  package func callAsFunction(
    cause: String?, by account: Account, found: @escaping @Sendable (Moved) -> Void
  ) async throws {
    try await run(cause: cause, on: nil, by: account, found: found)
  }

  private func run(
    cause: String?, on calendar: WorkingCalendar?, by account: Account,
    found: @escaping @Sendable (Moved) -> Void
  ) async throws {
    guard account.may(.changeCalendar) else { throw UseCaseError.forbidden }
    if let cause, cause.trimmed.isEmpty { throw UseCaseError.refused([.textMissing]) }
    let platform = platform
    let now = platform.now()
    var last: ProblemID?
    repeat {
      let after = last
      let work: @Sendable (any Connection) throws -> (moved: [Moved], last: ProblemID?) = {
        connection in
        let ids = try OpenProblems.running(
          after: after, limit: ReprojectClocks.together, in: connection)
        let moved = try ids.compactMap { id -> Moved? in
          guard let history = try ProblemHistory.load(id, in: connection) else { return nil }
          var work = try ProblemWork(
            history, who: .account(account), at: now, platform, in: connection)
          var surroundings = work.surroundings
          if let calendar { surroundings.calendar = calendar }
          let dues = work.problem.movedDues(in: surroundings)
          if dues.isEmpty { return nil }
          if let cause {
            try work.record([Problem.reprojection(dues, cause: cause.trimmed)])
          }
          let registration = work.problem.registration
          return Moved(
            problem: id, number: registration.number, title: registration.title, dues: dues)
        }
        return (moved, ids.count == ReprojectClocks.together ? ids.last : nil)
      }
      let part =
        cause == nil
        ? try await platform.database.read(work) : try await platform.database.write(work)
      part.moved.forEach(found)
      last = part.last
    } while last != nil
  }
}

extension Problem.Who {
  /// The platform's own work in the name of an account.
  static func account(_ account: Account) -> Problem.Who {
    var who = system
    who.actor = account.actor
    return who
  }
}

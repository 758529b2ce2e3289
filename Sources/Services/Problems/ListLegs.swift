import Domain
import Storage

/// 我的件: the legs an account's unit or official answers for.
package struct ListLegs: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package static let pageSize = 50
  package static let answeredShown = 20

  package struct Legs: Sendable {
    package let open: Page<LegList.Line, TaskRows.Cursor>
    /// The last first; on the first page only.
    package let answered: [LegList.Line]
  }

  /// - Returns: none for the office, which acts for others but has no legs of its own.
  package func callAsFunction(
    after cursor: TaskRows.Cursor? = nil, limit: Int = ListLegs.pageSize, for account: Account
  ) async throws -> Legs {
    let now = platform.now()
    return try await platform.database.read { connection in
      let desk = try ProblemScope.desk(of: account, in: connection)
      guard let desk, account.role.answersForLegs else {
        return Legs(open: .init(items: [], next: nil), answered: [])
      }
      return Legs(
        open: try LegList.open(
          desk, after: cursor, limit: limit, now: now, in: connection),
        answered: cursor == nil
          ? try LegList.answered(desk, limit: Self.answeredShown, in: connection) : [])
    }
  }
}

extension Role {
  /// Whether legs are its own to answer: the office acts for others.
  package var answersForLegs: Bool { may(.act(.acknowledge)) && !may(.act(.judge)) }

  /// Whether it shares views and looks over others' work.
  package var isOffice: Bool { may(.act(.judge)) }
}

import Cryptography
import Domain
import Storage

/// What stands in the calendar of whoever holds a secret address: what they have to do by a time, and the visits
/// that they make or get.
package struct ReadCalendar: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Calendar: Sendable {
    /// What is due first, first.
    package let deadlines: [DeadlineRows.Line]
    package let visits: [ShownVisit]
    /// Whether the visits are to the account's own enterprise.
    package let isVisited: Bool
  }

  /// An office of a city has more to do than a calendar can show: the most urgent.
  package static let most = 500

  /// - Throws: `UseCaseError.notFound` for an address that was revoked or never was, or whose account ended.
  package func callAsFunction(_ token: SecretToken) async throws -> Calendar {
    let (platform, now) = (platform, platform.now())
    guard token.text.hasPrefix(FeedAddresses.prefix) else { throw UseCaseError.notFound }
    return try await platform.database.read { connection in
      guard let account = try FeedRows.account(by: token, platform.vault, in: connection) else {
        throw UseCaseError.notFound
      }
      let desk =
        account.may(.seeProblems) ? try ProblemScope.desk(of: account, in: connection) : nil
      let deadlines = try desk.map {
        try DeadlineRows.list($0, limit: Self.most, now: now, in: connection)
      }
      let visits = try scope(account, in: connection).map {
        try VisitList.page($0, .open, after: nil, limit: Self.most, in: connection).items
      }
      return Calendar(
        deadlines: deadlines ?? [],
        visits: try ShownVisit.all(visits ?? [], platform.vault, in: connection),
        isVisited: account.may(.answerVisits))
    }
  }

  /// Of one's own: whoever looks over others' visits has a page for them.
  private func scope(
    _ account: Account, in connection: any Connection
  ) throws -> VisitList.Scope? {
    if account.may(.answerVisits) {
      return .enterprise(try VisitScope.own(account, in: connection).id)
    }
    switch account.reach(of: .seeVisits) {
    case .own, .unit: return try VisitScope.list(of: account, in: connection)
    case .subtree, .all, nil: return nil
    }
  }
}

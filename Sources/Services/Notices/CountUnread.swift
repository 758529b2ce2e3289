import Domain
import Storage

/// How many notices an account has not read: asked for on every page, so one range of an index, and no
/// more than a hundred rows of it.
package struct CountUnread: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// What is more is told as "99+".
  package static let limit = 100

  package func callAsFunction(for account: Account) async throws -> Int {
    let now = platform.now()
    return try await platform.database.read { connection in
      try NoticeRows.unread(by: account.id, limit: CountUnread.limit, now: now, in: connection)
    }
  }
}

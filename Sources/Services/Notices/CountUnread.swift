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
    return try await platform.database.read {
      try Self.count(for: account.id, now: now, in: $0)
    }
  }

  static func count(
    for account: AccountID, now: Instant, in connection: any Connection
  ) throws -> Int {
    try NoticeRows.unread(by: account, limit: limit, now: now, in: connection)
  }
}

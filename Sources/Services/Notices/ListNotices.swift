import Domain
import Storage

/// A page of an account's inbox.
package struct ListNotices: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package static let pageSize = 100

  package func callAsFunction(
    after key: NoticeList.Key?, for account: Account, size: Int = pageSize
  ) async throws -> Page<NoticeLine, NoticeList.Key> {
    let now = platform.now()
    return try await platform.database.read { connection in
      try NoticeList.page(of: account.id, after: key, limit: size, now: now, in: connection)
    }
  }
}

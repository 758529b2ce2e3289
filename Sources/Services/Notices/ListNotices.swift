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

extension NoticeList.Key {
  /// `u.1763700000000.17`
  package var text: String { "\(isRead ? "r" : "u").\(visible.milliseconds).\(id)" }

  package init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "r" || parts[0] == "u", let visible = Int64(parts[1]),
      let id = Int64(parts[2])
    else { return nil }
    self.init(isRead: parts[0] == "r", visible: Instant(milliseconds: visible), id: id)
  }
}

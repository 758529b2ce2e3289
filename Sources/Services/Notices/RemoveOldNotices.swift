import Domain
import Storage

/// Notices read long ago go, a bounded batch at a time: they are derived, the ledger has what happened.
package struct RemoveOldNotices: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package static let keptDays: Int64 = 90
  package static let batch = 1000

  /// - Returns: how many went; a full batch says that there may be more.
  @discardableResult
  package func callAsFunction(batch: Int = batch) async throws -> Int {
    let limit = platform.now() + -RemoveOldNotices.keptDays * 86_400
    return try await platform.database.write {
      try NoticeRows.remove(readBefore: limit, limit: batch, in: $0)
    }
  }
}

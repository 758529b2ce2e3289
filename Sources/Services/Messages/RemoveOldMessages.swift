import Domain
import Storage

/// Messages that were settled long ago go, a bounded batch at a time.
package struct RemoveOldMessages: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package static let keptDays: Int64 = 90
  package static let batch = 1000

  /// - Returns: how many went.
  @discardableResult
  package func callAsFunction(batch: Int = batch) async throws -> Int {
    let limit = platform.now() + -Self.keptDays * 86_400
    return try await platform.database.write {
      try MessageRows.remove(settledBefore: limit, limit: batch, in: $0)
    }
  }
}

import Domain
import Storage

/// Deliveries that ended long ago go, a bounded batch at a time: the ledger has what they told of.
package struct RemoveOldDeliveries: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package static let keptDays: Int64 = 90
  private static let batch = 1000

  /// - Returns: how many went; a full batch says that there may be more.
  @discardableResult
  package func callAsFunction() async throws -> Int {
    let limit = platform.now() + -RemoveOldDeliveries.keptDays * 86_400
    return try await platform.database.write {
      try DeliveryRows.remove(triedBefore: limit, limit: RemoveOldDeliveries.batch, in: $0)
    }
  }
}

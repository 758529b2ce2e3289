import Domain
import Storage

/// What was told or asked long ago goes, a bounded batch at a time: it is derived, and the ledger has what happened.
package struct RemoveOld: Sendable {
  package enum Kind: CaseIterable, Sendable {
    /// Those that were read.
    case notices
    /// Those that were sent, or given up.
    case messages
    /// Those that arrived, or were given up.
    case deliveries
    /// What programs asked for under a key.
    case claims

    /// Seconds.
    package var kept: Int64 {
      switch self {
      case .notices, .messages, .deliveries: 90 * 86_400
      case .claims: DoOnce.remembered
      }
    }
  }

  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Returns: how many went; a full batch says that there may be more.
  @discardableResult
  package func callAsFunction(_ kind: Kind, batch: Int = 1000) async throws -> Int {
    let limit = platform.now() + -kind.kept
    return try await platform.database.write { connection in
      switch kind {
      case .notices: try NoticeRows.remove(readBefore: limit, limit: batch, in: connection)
      case .messages: try MessageRows.remove(settledBefore: limit, limit: batch, in: connection)
      case .deliveries: try DeliveryRows.remove(triedBefore: limit, limit: batch, in: connection)
      case .claims: try ClaimRows.removeOld(before: limit, limit: batch, in: connection)
      }
    }
  }
}

import Domain
import Storage

/// An issued order is taken back by a new document that names it.
package struct RevokeOrder: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Returns: the new document.
  /// - Throws: `UseCaseError.notFound`, `.orderRefused`
  package func callAsFunction(
    _ id: OrderID, reason: String, by account: Account
  ) async throws -> Order {
    try await ActOnOrder(platform: platform)(id, by: account, issuing: true) {
      history, surroundings, connection in
      try history.revoke(reason: reason, surroundings, in: connection)
    }
  }
}

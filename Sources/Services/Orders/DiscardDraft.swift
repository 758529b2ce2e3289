import Domain
import Storage

/// A draft is put aside, with the reason; it never gets a number.
package struct DiscardDraft: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Throws: `UseCaseError.notFound`, `.orderRefused`
  package func callAsFunction(
    _ id: OrderID, reason: String, by account: Account
  ) async throws -> Order {
    try await ActOnOrder(platform: platform)(id, by: account) {
      history, surroundings, connection in
      let event = try history.order.discard(reason: reason, in: surroundings)
      try history.record(event, at: surroundings.now, by: surroundings.actor, in: connection)
      return history.order
    }
  }
}

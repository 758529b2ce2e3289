import Domain
import Storage

/// The office director decides a review; a recommendation that is withdrawn is revoked by a new
/// document in the same transaction.
package struct DecideReview: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Throws: `UseCaseError.notFound`, `.orderRefused`
  package func callAsFunction(
    _ id: OrderID, _ decision: ReviewDecision, text: String, by account: Account
  ) async throws -> Order {
    try await ActOnOrder(platform: platform)(
      id, by: account, issuing: decision == .withdrawn
    ) {
      history, surroundings, connection in
      let event = try history.order.decideReview(decision, text: text, in: surroundings)
      try history.record(event, at: surroundings.now, by: surroundings.actor, in: connection)
      if decision == .withdrawn {
        try history.revoke(reason: text, surroundings, in: connection)
      }
      return history.order
    }
  }
}

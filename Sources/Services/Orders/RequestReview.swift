import Domain
import Storage

/// The unit that has to answer an accountability recommendation asks for its review 复核, once and
/// within thirty days.
package struct RequestReview: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Throws: `UseCaseError.notFound`, `.orderRefused`
  package func callAsFunction(
    _ id: OrderID, grounds: String, by account: Account
  ) async throws -> Order {
    try await ActOnOrder(platform: platform)(id, by: account) {
      history, surroundings, connection in
      let event = try history.order.requestReview(grounds: grounds, in: surroundings)
      try history.record(event, at: surroundings.now, by: surroundings.actor, in: connection)
      return history.order
    }
  }
}

import Domain
import Storage

/// A draft is approved and issued: it gets its number.
package struct IssueOrder: Sendable {
  /// What else happens when an order is issued, in the same transaction.
  package typealias Reaction = @Sendable (Order, any Connection) throws -> Void

  let platform: Platform
  let reaction: Reaction

  package init(_ platform: Platform, then reaction: @escaping Reaction = { _, _ in }) {
    (self.platform, self.reaction) = (platform, reaction)
  }

  /// - Throws: `UseCaseError.notFound`, `.orderRefused`
  package func callAsFunction(_ id: OrderID, by account: Account) async throws -> Order {
    try await ActOnOrder(platform: platform)(id, by: account, issuing: true) {
      [reaction] history, surroundings, connection in
      // The paper names its units as they are called on the day of issue.
      var names: [UnitID: String] = [:]
      let content = history.order.content
      for unit in [content.addressee.unit, content.about?.unit].compactMap(\.self) {
        names[unit] = try UnitRows.find(unit, in: connection)?.unit.name
      }
      try history.issue(names: names, surroundings, in: connection)
      try reaction(history.order, connection)
      return history.order
    }
  }
}

import Domain
import Storage

/// A draft is approved and issued: it gets its number.
package struct IssueOrder: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Throws: `UseCaseError.notFound`, `.orderRefused`
  package func callAsFunction(_ id: OrderID, by account: Account) async throws -> Order {
    try await ActOnOrder(platform: platform)(id, by: account, issuing: true) {
      [platform] history, surroundings, connection in
      // The paper names its units as they are called on the day of issue.
      var names: [UnitID: String] = [:]
      let content = history.order.content
      for unit in [content.addressee.unit, content.about?.unit].compactMap(\.self) {
        names[unit] = try UnitRows.find(unit, in: connection)?.unit.name
      }
      try history.issue(names: names, surroundings, in: connection)
      try ProblemWork.issued(
        history.order, at: surroundings.now, platform, by: account.actor, in: connection)
      return history.order
    }
  }
}

import Domain
import Storage

/// One order with its history, within what the account may see.
package struct ShowOrder: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Throws: `UseCaseError.notFound`
  package func callAsFunction(_ id: OrderID, for account: Account) async throws -> OrderHistory {
    try await platform.database.read { connection in
      guard let history = try OrderHistory.load(id, in: connection),
        try OrderScope.allows(account, history.order, in: connection)
      else { throw UseCaseError.notFound }
      return history
    }
  }

  /// The same by its number, as people quote it.
  package func callAsFunction(
    _ number: OrderNumber, for account: Account
  ) async throws -> OrderHistory {
    let id = try await platform.database.read { try OrderHistory.find(number, in: $0) }
    guard let id else { throw UseCaseError.notFound }
    return try await self(id, for: account)
  }
}

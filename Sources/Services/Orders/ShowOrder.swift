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

  /// An order with what the account may do to it.
  package struct Detail: Sendable {
    package let history: OrderHistory
    package let actorNames: [Actor: String]
    /// All actions there are, with the reasons against each.
    package let options: [(action: OrderAction, refusals: [Order.Refusal])]
  }

  /// - Throws: `UseCaseError.notFound`
  package func detail(_ id: OrderID, for account: Account) async throws -> Detail {
    let (platform, now) = (platform, platform.now())
    return try await platform.database.read { connection in
      guard let history = try OrderHistory.load(id, in: connection),
        try OrderScope.allows(account, history.order, in: connection)
      else { throw UseCaseError.notFound }
      let surroundings = try OrderScope.surroundings(
        account, history.order, at: now, in: connection)
      return Detail(
        history: history,
        actorNames: try AccountRows.names(
          of: Set(history.steps.map(\.actor)), platform.vault, in: connection),
        options: OrderAction.allCases.map {
          ($0, history.order.refusals(of: $0, in: surroundings))
        })
    }
  }

  /// Several to be printed, in the order asked for; those that may not be seen are left out.
  package func several(_ ids: [OrderID], for account: Account) async throws -> [Order] {
    try await platform.database.read { connection in
      try ids.compactMap { id in
        guard let order = try OrderHistory.load(id, in: connection)?.order,
          try OrderScope.allows(account, order, in: connection)
        else { return nil }
        return order
      }
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

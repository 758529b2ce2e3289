import Domain
import Storage

/// A page of the orders, within what the account may see.
package struct ListOrders: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package static let pageSize = 50

  package func callAsFunction(
    _ filter: OrderFilter, before: OrderID?, for account: Account
  ) async throws -> OrderPage {
    try await platform.database.read { connection in
      try OrderList.page(
        filter, visible: OrderScope.visibility(of: account, in: connection), before: before,
        limit: ListOrders.pageSize, in: connection)
    }
  }
}

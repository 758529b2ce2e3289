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

  /// What people narrow a list by, in their own words.
  package struct Search: Sendable {
    package var kind: OrderKind?
    package var state: OrderState?
    package var isUnderReview = false
    /// A unit's name or path.
    package var unit = ""
    /// `许助企交〔2026〕000123号`, or only 123: then of this year or the last, in any series.
    package var number = ""
    /// A problem's running number.
    package var problem = ""

    package init() {}
  }

  /// - Throws: `UseCaseError.unknownUnit` where none or several are called so.
  package func callAsFunction(
    matching search: Search, before: OrderID?, limit: Int = ListOrders.pageSize,
    for account: Account
  ) async throws -> OrderPage {
    let platform = platform
    let year = platform.now().day.year
    return try await platform.database.read { connection in
      var filter = OrderFilter()
      (filter.kind, filter.state) = (search.kind, search.state)
      filter.isUnderReview = search.isUnderReview
      if !search.unit.isEmpty {
        guard case .one(let unit) = try UnitReference(search.unit).resolve(in: connection) else {
          throw UseCaseError.unknownUnit(search.unit)
        }
        filter.unitPath = unit.path
      }
      if !search.number.isEmpty { filter.numbers = platform.orderNumbers(search.number, year) }
      if !search.problem.isEmpty {
        let id = try Int64(search.problem).flatMap {
          try ProblemHistory.find(number: $0, in: connection)
        }
        // What is no problem's number has no orders.
        filter.problem = id ?? ProblemID(0)
      }
      return try OrderList.page(
        filter, visible: OrderScope.visibility(of: account, in: connection), before: before,
        limit: limit, in: connection)
    }
  }
}

extension Platform {
  fileprivate func orderNumbers(_ text: String, _ year: Int) -> [OrderNumber] {
    if let number = OrderNumber(text) { return [number] }
    guard let running = Int(text), running > 0 else { return [] }
    return procedures.all.flatMap(\.series.values).flatMap { series in
      [year, year - 1].map { OrderNumber(series: series, year: $0, number: running) }
    }
  }
}

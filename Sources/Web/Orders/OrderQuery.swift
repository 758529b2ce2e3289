import Domain
import HTTP
import Hummingbird
import Services

/// The filters of the list of orders as they stand in the address.
struct OrderQuery {
  /// A choice that is a state to whoever looks, and a review in the rules.
  static let underReview = "review"
  static let all = "all"

  private(set) var search = ListOrders.Search()
  let before: OrderID?
  let state: String
  private let pairs: [(String, String)]

  /// - Parameter startsWithDrafts: whether a bare address shows what waits for approval.
  /// - Throws: `RequestError.badQuery`
  init(_ request: Request, startsWithDrafts: Bool) throws {
    let names = ["kind", "state", "unit", "number", "problem"]
    var values = names.map { ($0, request.query($0).trimmed) }
    let isBare = values.allSatisfy(\.1.isEmpty) && request.query("before").isEmpty
    if isBare, startsWithDrafts { values[1].1 = OrderState.draft.rawValue }
    pairs = values
    state = values[1].1
    if !values[0].1.isEmpty {
      guard let kind = OrderKind(rawValue: values[0].1) else { throw RequestError.badQuery }
      search.kind = kind
    }
    switch state {
    case "", Self.all: break
    case Self.underReview: search.isUnderReview = true
    default:
      guard let state = OrderState(rawValue: state) else { throw RequestError.badQuery }
      search.state = state
    }
    (search.unit, search.number, search.problem) = (values[2].1, values[3].1, values[4].1)
    let last = request.query("before")
    before = OrderID(last)
    guard last.isEmpty || before != nil, request.isQueryReadable else {
      throw RequestError.badQuery
    }
  }

  func path(before: OrderID?) -> String {
    Route.orders.path(query: pairs + [("before", before?.description ?? "")])
  }

  /// Narrowed by more than what waits for approval, which is a tab.
  var isFiltered: Bool {
    pairs.contains { $0.0 != "state" && !$0.1.isEmpty }
      || !["", Self.all, OrderState.draft.rawValue].contains(state)
  }

  var isOfDrafts: Bool { state == OrderState.draft.rawValue && !isFiltered }
}

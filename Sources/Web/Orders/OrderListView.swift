import Domain
import HTTP
import Services
import Storage

/// The list of orders.
struct OrderListView {
  let words: Wording

  /// - Parameter unknownUnit: the name that no unit, or several, have.
  func page(_ page: OrderPage, _ query: OrderQuery, mayIssue: Bool, unknownUnit: String?) -> View {
    let search = query.search
    let states = OrderState.allCases.map(\.rawValue) + [OrderQuery.underReview]
    return [
      "url": Route.orders.path, "url_drafts": Self.path(.draft), "may_issue": mayIssue,
      "url_all": Route.orders.path(query: [("state", OrderQuery.all)]),
      "in_drafts": query.isOfDrafts, "state_all": OrderQuery.all,
      "kinds": words.options(
        OrderKind.allCases.map(\.rawValue), named: "order.kind",
        chosen: search.kind?.rawValue ?? ""),
      "states": words.options(states, named: "order.state", chosen: query.state),
      "unit": search.unit, "number": search.number, "problem": search.problem,
      "filtered": query.isFiltered, "unit_fault": unitFault(unknownUnit).orFalse,
      "orders": page.items.map(row), "is_empty": page.items.isEmpty,
      "url_print": Route.ordersPrinted.path,
      "has_next": page.next != nil, "url_next": query.path(before: page.next),
      "has_previous": query.before != nil, "url_first": query.path(before: nil),
    ]
  }

  private func unitFault(_ name: String?) -> String {
    name.map { words("orders.unknown_unit", ["name": $0]) } ?? ""
  }

  static func path(_ state: OrderState) -> String {
    Route.orders.path(query: [("state", state.rawValue)])
  }

  private func row(_ order: OrderSummary) -> View {
    [
      "id": order.id.description, "url": Route.order(order.id).path, "title": order.title,
      "kind": words("order.kind.\(order.kind.rawValue)"),
      "number": order.number?.description ?? "—", "addressee": order.addressee,
      "day": (order.issuedAt ?? order.draftedAt).map { words.day($0.day) } ?? "",
      "state": order.isUnderReview && order.state == .issued
        ? words("order.state.review") : words("order.state.\(order.state.rawValue)"),
      "url_problem": Route.problem(order.problem).path,
      "pick_label": words(
        "orders.pick", ["name": order.number?.description ?? order.title]),
    ]
  }
}

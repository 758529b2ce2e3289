import Domain
import HTTP
import Services
import Storage

/// The papers of a problem: its orders, the newest first, and how many files are with it.
struct PapersView {
  let words: Wording

  func orders(_ orders: [OrderSummary]) -> [View] {
    orders.map { order in
      [
        "url": Route.order(order.id).path, "kind": words("order.kind.\(order.kind.rawValue)"),
        "number": order.number?.description ?? "",
        "addressee": order.addressee.split(separator: "/").last.map(String.init) ?? "",
        "state": words("order.state.\(order.state.rawValue)"),
        "issued": order.state == .issued,
      ]
    }
  }

  /// What was withdrawn is not counted.
  func files(_ attachments: [Attachment]) -> String {
    let count = attachments.count { $0.withdrawal == nil }
    return count == 0 ? "" : words.counted("problem.files", count)
  }
}

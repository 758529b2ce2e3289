import Domain

/// An order's events as ledger kinds and payloads, there and back.
package enum OrderEventCodec {
  /// The kinds there are.
  package static let kinds = [
    "order.discarded", "order.drafted", "order.issued", "order.review_decided",
    "order.review_requested", "order.revoked",
  ]

  package static func kind(of event: OrderEvent) -> String {
    switch event {
    case .drafted: "order.drafted"
    case .issued: "order.issued"
    case .discarded: "order.discarded"
    case .revoked: "order.revoked"
    case .reviewRequested: "order.review_requested"
    case .reviewDecided: "order.review_decided"
    }
  }

  static func payload(of event: OrderEvent) throws -> String {
    switch event {
    case .drafted(let payload): try Payload.encode(payload)
    case .issued(let payload): try Payload.encode(payload)
    case .discarded(let payload): try Payload.encode(payload)
    case .revoked(let payload): try Payload.encode(payload)
    case .reviewRequested(let payload): try Payload.encode(payload)
    case .reviewDecided(let payload): try Payload.encode(payload)
    }
  }

  /// - Throws: `StorageError.unreadable` for a kind or payload this program does not know.
  package static func decode(kind: String, payload: String) throws -> OrderEvent {
    switch kind {
    case "order.drafted": .drafted(try Payload.decode(OrderEvent.Drafted.self, payload))
    case "order.issued": .issued(try Payload.decode(OrderEvent.Issued.self, payload))
    case "order.discarded": .discarded(try Payload.decode(OrderEvent.Discarded.self, payload))
    case "order.revoked": .revoked(try Payload.decode(OrderEvent.Revoked.self, payload))
    case "order.review_requested":
      .reviewRequested(try Payload.decode(OrderEvent.ReviewRequested.self, payload))
    case "order.review_decided":
      .reviewDecided(try Payload.decode(OrderEvent.ReviewDecided.self, payload))
    default: throw StorageError.unreadable("ledger kind \(kind)")
    }
  }
}

import Domain

/// Messages as ledger kinds and payloads, there and back. The same go over the line.
package enum ExchangeMessageCodec {
  package static func kind(of message: ExchangeMessage) -> String {
    switch message {
    case .handedUp: "exchange.handed_up"
    case .progressed: "exchange.progressed"
    case .answered: "exchange.answered"
    case .supplemented: "exchange.supplemented"
    case .takenBack: "exchange.taken_back"
    }
  }

  package static func payload(of message: ExchangeMessage) throws -> String {
    switch message {
    case .handedUp(let payload): try Payload.encode(payload)
    case .progressed(let payload): try Payload.encode(payload)
    case .answered(let payload): try Payload.encode(payload)
    case .supplemented(let payload), .takenBack(let payload): try Payload.encode(payload)
    }
  }

  /// - Returns: nil for a kind or payload this program does not know: the other side may be newer.
  package static func decode(kind: String, payload: String) -> ExchangeMessage? {
    func read<T: Decodable>(_ type: T.Type) -> T? { try? Payload.decode(type, payload) }
    return switch kind {
    case "exchange.handed_up": read(ExchangeMessage.HandedUp.self).map { .handedUp($0) }
    case "exchange.progressed": read(ExchangeMessage.Progressed.self).map { .progressed($0) }
    case "exchange.answered": read(ExchangeMessage.Answered.self).map { .answered($0) }
    case "exchange.supplemented": read(ExchangeMessage.Noted.self).map { .supplemented($0) }
    case "exchange.taken_back": read(ExchangeMessage.Noted.self).map { .takenBack($0) }
    default: nil
    }
  }
}

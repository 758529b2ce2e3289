/// What became of a message that was received.
package enum ExchangeEffect: String, Sendable, Codable, CaseIterable {
  /// It registered, supplemented or answered a problem.
  case applied
  /// It is shown with its problem; nothing follows from it.
  case shown
  /// It came when its problem was no longer with the other side.
  case late
  /// It could not become a problem here: the other side is told.
  case refused
  /// Of a kind, or a form, that this program does not know: a newer one may.
  case unknown
}

/// Bounds of the exchange.
package enum ExchangeLimits {
  /// Messages in one request.
  package static let messages = 100
  /// Bytes of one request's body.
  package static let bytes = 1 << 20
  /// Bytes of the body that joins two instances.
  package static let joinBytes = 16_384
  /// Bytes of the ledger entries in one request: with proofs and wrapping they stay within `bytes`.
  package static let entryBytes = 200_000
  /// Seconds in which a code may be used.
  package static let codeSeconds: Int64 = 7 * 86_400
  /// Seconds after which what is not confirmed is a fault to `exchange status`.
  package static let patience: Int64 = 86_400
  /// Characters of a link's name.
  package static let name = 60

  /// Seconds to wait after so many failures in a row: 2, 4, 8 … at most ten minutes.
  package static func wait(afterFailures failures: Int) -> Int64 {
    failures < 9 ? 1 << Int64(max(1, failures)) : 600
  }
}

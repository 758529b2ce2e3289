/// When a delivery that failed is tried again: waits that grow, so that a receiver that is down for a night
/// misses nothing and one that is gone for good is not asked for ever.
package enum DeliveryRetry {
  /// Seconds after the first attempt, the second, …; after the last there is no other.
  package static let waits: [Int64] = [5, 30, 120, 600, 3600, 10_800, 28_800, 86_400]
  package static let longest: Int64 = 86_400

  /// - Parameters:
  ///   - attempts: how many there were.
  ///   - answer: the last one's.
  ///   - jitter: from 0 up to 1; up to a fifth is added, so that what failed together does not come back
  ///     together.
  /// - Returns: nil where it is given up.
  package static func next(
    attempts: Int, after answer: WebhookAnswer, at now: Instant, jitter: Double
  ) -> Instant? {
    guard attempts >= 1, attempts <= waits.count else { return nil }
    let base = waits[attempts - 1]
    let wait = base + Int64(Double(base) * 0.2 * jitter)
    var asked: Int64 = 0
    if case .status(_, let text?) = answer.result {
      asked = min(retryAfter(text, at: now) ?? 0, longest)
    }
    return now + max(wait, asked)
  }

  /// Seconds that a `Retry-After` asks for (RFC 9110, 10.2.3): a number, or a date of RFC 5322 in GMT.
  package static func retryAfter(_ text: String, at now: Instant) -> Int64? {
    if let seconds = Int64(text) { return seconds < 0 ? nil : seconds }
    // Wed, 21 Oct 2015 07:28:00 GMT
    let parts = text.split(separator: " ")
    guard parts.count == 6, parts[5] == "GMT", let month = months.firstIndex(of: String(parts[2])),
      parts[1].count == 2, parts[4].count == 8
    else { return nil }
    let number = month + 1
    let date = "\(parts[3])-\(number < 10 ? "0" : "")\(number)-\(parts[1])T\(parts[4])Z"
    return Instant(text: date).map { max(0, $0 - now) }
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}

/// How a webhook's receiver has been doing lately.
package struct WebhookHealth: Hashable, Sendable {
  /// Attempts that failed since the last one that did not.
  package private(set) var failures: Int
  package private(set) var failingSince: Instant?

  package init(failures: Int = 0, failingSince: Instant? = nil) {
    (self.failures, self.failingSince) = (failures, failingSince)
  }

  package mutating func note(_ answer: WebhookAnswer, at now: Instant) {
    if answer.isDelivered {
      self = WebhookHealth()
    } else {
      failures += 1
      failingSince = failingSince ?? now
    }
  }

  private static let mostFailures = 50
  private static let mostSeconds: Int64 = 3 * 86_400

  /// Whether it has failed so often and for so long that it is to be switched off: 50 attempts in a row
  /// that spread over three days at least.
  package func isHopeless(at now: Instant) -> Bool {
    guard let failingSince else { return false }
    return failures >= Self.mostFailures && now - failingSince >= Self.mostSeconds
  }

  /// A few in a row failed: it is asked one by one until it answers again.
  package var isFailing: Bool { failures >= 3 }

  /// How many deliveries to it may be under way at once.
  package var share: Int { isFailing ? 1 : 8 }
}

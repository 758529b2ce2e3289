import Domain

/// A page of help: one task, for those who do it. Its texts are `help.title.…` and `help.text.…`.
package enum HelpTopic: String, CaseIterable, Sendable {
  case register, offline, lamp, due
  case handle
  case notOurs = "not_ours"
  case extend
  case judge, verify
  case orders, batches
  case pairing
  case rate, privacy, keys

  /// Whom a topic is for.
  package enum Audience: String, CaseIterable, Sendable {
    case everyone, handler, official, office, enterprise
  }

  package var audiences: Set<Audience> {
    switch self {
    case .lamp, .due, .privacy, .keys: [.everyone]
    case .register, .offline: [.official, .office, .enterprise]
    case .handle: [.handler, .official]
    case .notOurs, .extend: [.handler]
    case .judge, .verify, .batches: [.office]
    case .pairing: [.office, .official]
    case .orders: [.handler, .office]
    case .rate: [.enterprise]
    }
  }
}

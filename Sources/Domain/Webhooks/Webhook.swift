/// Names a webhook; as text in the ledger, as the number is 64 bits long.
package struct WebhookID: NumberedID {
  package let value: Int64
  package init(_ value: Int64) { self.value = value }
}

/// An address of another system that is told of what happens to the problems its owner may see.
package struct Webhook: Hashable, Sendable {
  package enum State: String, Sendable, CaseIterable {
    case active
    /// By its owner.
    case paused
    /// By the platform or an administrator, for a reason.
    case off
    case removed
  }

  /// Why it was switched off.
  package enum Reason: String, Sendable, CaseIterable {
    /// The receiver did not take anything for days.
    case failing
    /// The receiver says that it is gone for good (410).
    case gone
    /// Its owner's account was closed, or may not have webhooks any more.
    case noRight = "no_right"
    case administrator
  }

  package let account: AccountID
  package var name: String
  /// `https://host:port` of where it sends to; the rest may hold a key and is kept sealed.
  package var origin: String
  /// SHA-256 of the whole address in hex: the ledger can tell later which one it was.
  package var addressDigest: String
  /// What it is told of, such as `problem.closed`; nil for everything there is and will be.
  package var kinds: [String]?
  package var state: State
  package var reason: Reason?
  /// Since when its secret is in use.
  package var secretAt: Instant

  package init(
    account: AccountID, name: String, origin: String, addressDigest: String, kinds: [String]?,
    state: State = .active, reason: Reason? = nil, secretAt: Instant
  ) {
    (self.account, self.name) = (account, name)
    (self.origin, self.addressDigest) = (origin, addressDigest)
    (self.kinds, self.state, self.reason, self.secretAt) = (kinds, state, reason, secretAt)
  }

  package func wants(_ kind: String) -> Bool { kinds?.contains(kind) ?? true }
}

extension Webhook {
  /// How many an account may have.
  package static let mostPerAccount = 20
  package static let longestName = 60
  /// How long the old secret signs beside the new one.
  package static let rotationSeconds: Int64 = 86_400

  /// All that is wrong with what somebody wants a webhook to be.
  /// - Parameter known: the kinds of events there are.
  package static func faults(
    name: String, kinds: [String]?, known: Set<String>
  ) -> [WebhookRefusal] {
    var faults: [WebhookRefusal] = []
    if name.isEmpty { faults.append(.nameMissing) }
    if name.count > longestName { faults.append(.nameTooLong) }
    if let kinds {
      if kinds.isEmpty { faults.append(.kindsMissing) }
      if !known.isSuperset(of: kinds) { faults.append(.unknownKind) }
    }
    return faults
  }
}

/// Why a webhook is not made or changed.
package enum WebhookRefusal: String, Error, Sendable, CaseIterable {
  case nameMissing = "name_missing"
  case nameTooLong = "name_too_long"
  case addressInvalid = "address_invalid"
  /// Only hosts that the operator names may be reached without TLS.
  case addressNotHTTPS = "address_not_https"
  /// An address inside that the operator has not allowed.
  case addressPrivate = "address_private"
  case kindsMissing = "kinds_missing"
  case unknownKind = "unknown_kind"
  case tooMany = "too_many"
  case wrongState = "wrong_state"
}

/// Why a webhook is not made or changed, all of it.
package struct WebhookRefusals: Error, Hashable, Sendable {
  package let reasons: [WebhookRefusal]

  package init(_ reasons: [WebhookRefusal]) { self.reasons = reasons }
}

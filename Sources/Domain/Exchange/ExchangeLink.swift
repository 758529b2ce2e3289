/// A line between this instance and another: county ↔ city ↔ province.
package struct LinkID: NumberedID {
  package let value: Int64
  package init(_ value: Int64) { self.value = value }
}

/// What an instance is in a link. Problems go up it, answers come down.
package enum LinkRole: String, Sendable, Codable, CaseIterable {
  case upper, lower

  package var other: LinkRole { self == .upper ? .lower : .upper }
}

package enum LinkState: String, Sendable, Codable, CaseIterable {
  /// A code was made and nobody has come with it yet.
  case offered
  case open
  /// Something is wrong that no repetition mends; only to be closed.
  case stopped
  case closed
}

/// Why a link was stopped.
package enum LinkFault: String, Sendable, Codable, CaseIterable {
  /// The other side signed two ledgers that cannot both be true: another message under a number that
  /// was given, or a tree that does not contain the one from before.
  case forked
  /// The other side goes on from a smaller ledger than it had signed: its database is an older copy.
  case rolledBack = "rolled_back"
  /// The other side no longer has what it had confirmed.
  case peerForgot = "peer_forgot"
  /// The other side has a later checkpoint of ours than we have: this database is an older copy.
  case weForgot = "we_forgot"
  /// The other side stopped the link, for a fault that its own status names.
  case peerStopped = "peer_stopped"
  case peerClosed = "peer_closed"
  /// The proofs from our own ledger do not lead to its signed root: `ledger verify` says why.
  case damaged
}

package struct ExchangeLink: Hashable, Sendable {
  package let id: LinkID
  package internal(set) var version = 0
  /// What the office calls the other side, and names when it hands a problem up.
  package let name: String
  package internal(set) var role: LinkRole
  package internal(set) var state = LinkState.offered
  package internal(set) var peer: Peer?
  package internal(set) var fault: LinkFault?
  package internal(set) var faultAt: Instant?
  package let createdAt: Instant

  /// What is pinned of the other side when the link is made.
  package struct Peer: Hashable, Sendable, Codable {
    /// Its ledger's name, which stands in its checkpoints.
    package var origin: String
    /// `sha256` or `sm3`: what its tree is made with.
    package var suite: String
    /// The verifier keys of its checkpoints, as C2SP writes them.
    package var keys: [String]
    /// Where it is reached.
    package var url: String

    package init(origin: String, suite: String, keys: [String], url: String) {
      (self.origin, self.suite, self.keys, self.url) = (origin, suite, keys, url)
    }
  }

  package enum Event: Hashable, Sendable {
    case offered(Offered)
    case joined(Joined)
    case stopped(Stopped)
    case closed

    package struct Offered: Hashable, Sendable, Codable {
      package var name: String
      package var role: LinkRole

      package init(name: String, role: LinkRole) { (self.name, self.role) = (name, role) }
    }

    package struct Joined: Hashable, Sendable, Codable {
      package var name: String
      package var role: LinkRole
      package var peer: Peer

      package init(name: String, role: LinkRole, peer: Peer) {
        (self.name, self.role, self.peer) = (name, role, peer)
      }
    }

    package struct Stopped: Hashable, Sendable, Codable {
      package var fault: LinkFault

      package init(fault: LinkFault) { self.fault = fault }
    }
  }

  /// - Returns: nil where the event cannot be a link's first.
  package init?(id: LinkID, first: Event, at: Instant) {
    switch first {
    case .offered(let offered): (name, role) = (offered.name, offered.role)
    case .joined(let joined): (name, role) = (joined.name, joined.role)
    case .stopped, .closed: return nil
    }
    (self.id, createdAt) = (id, at)
    apply(first, at: at)
  }

  /// A link as its row says it is.
  package init(
    id: LinkID, version: Int, name: String, role: LinkRole, state: LinkState, peer: Peer?,
    fault: LinkFault?, faultAt: Instant?, createdAt: Instant
  ) {
    (self.id, self.version, self.name, self.role) = (id, version, name, role)
    (self.state, self.peer, self.fault, self.faultAt) = (state, peer, fault, faultAt)
    self.createdAt = createdAt
  }

  package mutating func apply(_ event: Event, at: Instant) {
    version += 1
    switch event {
    case .offered: state = .offered
    case .joined(let joined): (state, peer) = (.open, joined.peer)
    case .stopped(let stopped): (state, fault, faultAt) = (.stopped, stopped.fault, at)
    case .closed: state = .closed
    }
  }
}

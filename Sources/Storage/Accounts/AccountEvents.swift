import Domain
import Ledger

/// What the ledger keeps of accounts, in `account/ID`. Usernames and passwords are no part of it; names,
/// telephone numbers and where somebody signed in from are sealed.
package enum AccountEvents {
  package enum Kind: String, Sendable, CaseIterable {
    case invited = "account.invited"
    /// A new one-time link was given out.
    case linked = "account.linked"
    case activated = "account.activated"
    case seatAsked = "account.seat_asked"
    case granted = "account.granted"
    case refused = "account.refused"
    case closed = "account.closed"
    case erased = "account.erased"
    case signedIn = "account.signed_in"
    /// Wrong passwords in a row that make the next wait.
    case locked = "account.locked"
    case passwordChanged = "account.password_changed"
    /// A password set by a new link.
    case passwordReset = "account.password_reset"
    case secondFactorSet = "account.second_factor_set"
    /// Taken away, by its owner or the security administrator.
    case secondFactorRemoved = "account.second_factor_removed"
    case recoveryCodeUsed = "account.recovery_code_used"
    /// An account for a program.
    case serviceMade = "account.service_made"
    case tokenMade = "account.token_made"
    case tokenRevoked = "account.token_revoked"
  }

  /// Whether an account could be used from the beginning. Nil where whoever holds the database made it.
  package enum Grant: String, Codable, Sendable {
    /// It waits for the security administrator.
    case waits
    /// The first of its kind, which nobody was there to grant.
    case first
  }

  package struct Invited: Codable {
    package var role: String
    package var unit: UnitID?
    package var official: OfficialID?
    package var enterprise: EnterpriseID?
    package var person: PersonID?
    package var name: String?
    package var phone: String?
    package var grant: Grant?
  }

  /// A program has its maker's seat and works at once.
  package struct ServiceMade: Codable {
    package var maker: AccountID
    package var role: String
    package var unit: UnitID?
    package var person: PersonID
    /// What its maker calls it, sealed: it may name somebody all the same.
    package var name: String
  }

  package struct Seat: Codable {
    package var role: String
    package var unit: UnitID?
    package var official: OfficialID?
    package var enterprise: EnterpriseID?

    init(_ seat: AccountSeat) {
      (role, unit) = (seat.role.rawValue, seat.unit)
      (official, enterprise) = (seat.official, seat.enterprise)
    }
  }

  package struct Refused: Codable {
    package var reason: String
  }

  package struct SignedIn: Codable {
    /// Sealed: address and device.
    package var origin: String?
  }

  package struct Locked: Codable {
    package var failures: Int
  }

  package struct PasswordReset: Codable {
    package var grant: Grant?
  }

  /// Of a token the ledger knows its number, never its text or hash.
  package struct TokenMade: Codable {
    package var token: String
    package var name: String
    package var scopes: String
    package var expires: Instant
  }

  package struct TokenRevoked: Codable {
    package var token: String
  }

  package struct Nothing: Codable {}

  /// Appends at the end of the account's stream.
  /// - Throws: `StorageError.contention` where somebody else did at the same time: both belong there, in
  ///   whichever order.
  static func append(
    _ kind: Kind, _ payload: some Encodable = Nothing(), to id: AccountID, at now: Instant,
    by actor: Actor, in connection: any Connection
  ) throws {
    let stream = "account/\(id.value)"
    let version = try LedgerRows.lastVersion(of: stream, in: connection) + 1
    do {
      try LedgerRows.append(
        LedgerEntry(
          id: Identifiers.shared.next(now), stream: stream, version: version, at: now, actor: actor,
          kind: kind.rawValue, payload: try Payload.encode(payload)),
        to: connection)
    } catch is LedgerRows.Conflict {
      throw StorageError.contention
    }
  }
}

import Cryptography
import Domain
import Ledger

/// The accounts against their streams.
package enum AccountReplay {
  private struct Request {
    var kind: GrantKind
    var seat: AccountEvents.Seat
    var at: Instant
    var by: Actor
  }

  private struct Token {
    var made: AccountEvents.TokenMade
    var at: Instant
    var revokedAt: Instant?
  }

  private struct State {
    var person: PersonID?
    var name: String?
    var phone: String?
    var seat: AccountEvents.Seat
    var maker: AccountID?
    var createdAt: Instant
    var grantedAt: Instant?
    var closedAt: Instant?
    var erasedAt: Instant?
    var passwordChangedAt: Instant?
    var secondFactorAt: Instant?
    var request: Request?
    var tokens: [String: Token] = [:]

    init(_ invited: AccountEvents.Invited, _ entry: LedgerEntry) {
      (person, name, phone) = (invited.person, invited.name, invited.phone)
      seat = AccountEvents.Seat(invited)
      createdAt = entry.at
      if invited.grant == .waits {
        request = Request(kind: .account, seat: seat, at: entry.at, by: entry.actor)
      } else {
        grantedAt = entry.at
      }
    }

    init(_ made: AccountEvents.ServiceMade, _ entry: LedgerEntry) {
      (person, name, maker) = (made.person, made.name, made.maker)
      seat = AccountEvents.Seat(made)
      (createdAt, grantedAt) = (entry.at, entry.at)
    }

    mutating func apply(_ kind: AccountEvents.Kind, _ entry: LedgerEntry) throws {
      switch kind {
      case .invited, .serviceMade, .linked, .signedIn, .locked, .recoveryCodeUsed: break
      case .activated, .passwordChanged: passwordChangedAt = entry.at
      case .passwordReset:
        passwordChangedAt = entry.at
        if try Payload.decode(AccountEvents.PasswordReset.self, entry.payload).grant == .waits {
          grantedAt = nil
          request = Request(
            kind: request?.kind == .account ? .account : .password, seat: request?.seat ?? seat,
            at: entry.at, by: entry.actor)
        }
      case .seatAsked:
        request = Request(
          kind: request?.kind ?? .seat,
          seat: try Payload.decode(AccountEvents.Seat.self, entry.payload), at: entry.at,
          by: entry.actor)
      case .granted:
        seat = try Payload.decode(AccountEvents.Seat.self, entry.payload)
        (grantedAt, request) = (entry.at, nil)
      case .refused: request = nil
      case .secondFactorSet: secondFactorAt = entry.at
      case .secondFactorRemoved: secondFactorAt = nil
      case .closed, .erased:
        closedAt = closedAt ?? entry.at
        if kind == .erased { erasedAt = entry.at }
        (secondFactorAt, request) = (nil, nil)
      case .tokenMade:
        let made = try Payload.decode(AccountEvents.TokenMade.self, entry.payload)
        tokens[made.token] = Token(made: made, at: entry.at)
      case .tokenRevoked:
        let token = try Payload.decode(AccountEvents.TokenRevoked.self, entry.payload).token
        tokens[token]?.revokedAt = entry.at
      }
    }
  }

  /// Accounts whose invitation has sealed fields: their person was made with them. Those from after the keys,
  /// and of a story set in the past those whose entries say so.
  private static func isOfKeys(_ dialect: Dialect) -> String {
    "created_at >= (select coalesce(max(created_at), 0) from instance) or \(dialect.among("id", "?1"))"
  }

  /// - Throws: `StorageError.unreadable` for an event this program does not know.
  package static func check(into replay: inout Replay, in connection: any Connection) throws {
    var accounts: [Int64: State] = [:]
    try LedgerRows.streams(of: "account", in: connection) { entry in
      guard let id = Int64(entry.stream.dropFirst("account/".count)) else {
        throw StorageError.unreadable("stream \(entry.stream)")
      }
      replay.entries += 1
      guard let kind = AccountEvents.Kind(rawValue: entry.kind) else {
        throw StorageError.unreadable("ledger kind \(entry.kind)")
      }
      switch kind {
      case .invited:
        accounts[id] = State(
          try Payload.decode(AccountEvents.Invited.self, entry.payload), entry)
      case .serviceMade:
        accounts[id] = State(
          try Payload.decode(AccountEvents.ServiceMade.self, entry.payload), entry)
      default: try accounts[id]?.apply(kind, entry)
      }
    }
    replay.streams += accounts.count
    replay.differences += try persons(accounts, in: connection)
    replay.differences += try RowCheck(
      table: "accounts", key: ["id"],
      columns: [
        "role", "unit_id", "official_id", "enterprise_id", "created_at", "granted_at", "closed_at",
        "password_changed_at", "second_factor_at", "maker_id",
      ]
    ).differences(
      accounts.map { id, account in
        [
          id, account.seat.role, account.seat.unit, account.seat.official, account.seat.enterprise,
          account.createdAt, account.grantedAt, account.closedAt, account.passwordChangedAt,
          account.secondFactorAt, account.maker,
        ]
      }, where: "id > 0", [], in: connection)
    replay.differences += try RowCheck(
      table: "account_requests", key: ["account_id"],
      columns: ["kind", "role", "unit_id", "official_id", "enterprise_id", "asked_at", "asked_by"]
    ).differences(
      accounts.compactMap { id, account in
        account.request.map { request in
          [
            id, request.kind, request.seat.role, request.seat.unit, request.seat.official,
            request.seat.enterprise, request.at, request.by,
          ]
        }
      }, where: "account_id > 0", [], in: connection)
    replay.differences += try tokens(accounts, in: connection)
  }

  private static func tokens(
    _ accounts: [Int64: State], in connection: any Connection
  ) throws -> [Difference] {
    try RowCheck(
      table: "api_tokens", key: ["id"],
      columns: ["account_id", "name", "scopes", "made_at", "expires_at", "revoked_at"]
    ).differences(
      accounts.flatMap { id, account in
        account.tokens.values.map { token in
          [
            Int64(token.made.token) ?? 0, id, token.made.name, token.made.scopes, token.at,
            token.made.expires, token.revokedAt,
          ]
        }
      }, where: "id > 0", [], in: connection)
  }

  /// From before there were keys the ledger has no names.
  private static func persons(
    _ accounts: [Int64: State], in connection: any Connection
  ) throws -> [Difference] {
    let persons = accounts.filter { $0.value.person != nil }
    let isOfKeys = isOfKeys(connection.dialect)
    let known = [connection.dialect.list(persons.keys.sorted())]
    return try RowCheck(
      table: "accounts", key: ["id"], columns: ["person_id", "name", "phone"]
    ).differences(
      persons.map { id, account in [id, account.person, account.name, account.phone] },
      where: "id in (select id from accounts where \(isOfKeys))", known, in: connection)
      + RowCheck(
        table: "person_keys", key: ["person_id"], columns: ["erased_at"]
      ).differences(
        persons.map { [$0.value.person, $0.value.erasedAt] },
        where: "person_id in (select person_id from accounts where \(isOfKeys))", known,
        in: connection)
  }
}

extension AccountEvents.Seat {
  fileprivate init(_ invited: AccountEvents.Invited) {
    (role, unit) = (invited.role, invited.unit)
    (official, enterprise) = (invited.official, invited.enterprise)
  }

  fileprivate init(_ made: AccountEvents.ServiceMade) {
    (role, unit) = (made.role, made.unit)
  }
}

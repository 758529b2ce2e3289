import Cryptography
import Domain

/// Tokens for programs, of which only hashes are stored.
package enum TokenRows {
  /// A token that is good, with whom it stands for.
  package struct Held: Sendable {
    package let grant: TokenGrant
    package let person: PersonID?
    package let expiresAt: Instant
    package let lastUsedAt: Instant?
  }

  /// A line of the list that its holder sees.
  package struct Line: Sendable {
    package let id: Int64
    package let name: String
    package let scopes: Set<TokenScope>
    package let madeAt: Instant
    package let expiresAt: Instant
    package let revokedAt: Instant?
    package let lastUsedAt: Instant?
    /// The address it was last used from.
    package let lastOrigin: String?

    package func isOpen(_ now: Instant) -> Bool { revokedAt == nil && expiresAt > now }
  }

  /// - Returns: its number.
  package static func make(
    _ token: SecretToken, for account: AccountID, name: String, _ scopes: Set<TokenScope>,
    at now: Instant, expires: Instant, by actor: Actor, in connection: any Connection
  ) throws -> Int64 {
    let id = Identifiers.shared.next(now)
    let scopes = TokenScope.text(scopes)
    try connection.run(
      """
      insert into api_tokens (id, account_id, token_hash, name, scopes, made_at, expires_at)
      values (?1, ?2, ?3, ?4, ?5, ?6, ?7)
      """, [id, account, token.hash, name, scopes, now, expires])
    try AccountEvents.append(
      .tokenMade,
      AccountEvents.TokenMade(token: String(id), name: name, scopes: scopes, expires: expires),
      to: account, at: now, by: actor, in: connection)
    return id
  }

  /// Whom a token stands for, where it is good and the account works. A program's account works as long as
  /// its maker's does in the same seat. One look-up by a unique index, the others by primary keys.
  package static func held(
    by token: SecretToken, now: Instant, _ vault: Vault, in connection: any Connection
  ) throws -> Held? {
    let width = AccountRows.width
    return try connection.row(
      """
      select \(AccountRows.columns), t.id, t.name, t.scopes, t.expires_at, t.last_used_at
      from \(AccountRows.table)
      join api_tokens t on t.account_id = a.id
      left join accounts m on m.id = a.maker_id
      where t.token_hash = ?1 and t.expires_at > ?2 and t.revoked_at is null
        and a.closed_at is null and a.granted_at is not null
        and (a.maker_id is null
          or m.closed_at is null and m.granted_at is not null and m.role = a.role
            and coalesce(m.unit_id, 0) = coalesce(a.unit_id, 0))
      """, [token.hash, now]
    ) { row in
      Held(
        grant: TokenGrant(
          token: try row.int(width), name: try row.text(width + 1),
          account: try AccountRows.decode(row, vault), scopes: try scopes(row.text(width + 2))),
        person: try row.optionalInt(5).map { PersonID($0) },
        expiresAt: try row.instant(width + 3), lastUsedAt: try row.optionalInstant(width + 4))
    }
  }

  /// Remembers that a token is in use, and from where.
  /// - Parameters:
  ///   - origin: an address, in clear; it is sealed here.
  ///   - before: writes nothing where somebody noted a later time than this.
  package static func touch(
    _ held: Held, from origin: String?, now: Instant, before: Instant, _ vault: Vault,
    in connection: any Connection
  ) throws {
    let key = try held.person.flatMap { try vault.key(of: $0, in: connection) }
    try connection.run(
      """
      update api_tokens
      set last_used_at = ?2, last_origin = ?3
      where id = ?1 and (last_used_at is null or last_used_at <= ?4)
      """, [held.grant.token, now, origin.flatMap { key?.seal($0, .origin) }, before])
  }

  /// An account's tokens that are good or ended after an instant, the newest first; rides
  /// api_tokens_account.
  package static func list(
    of account: AccountID, endedAfter: Instant, _ vault: Vault, in connection: any Connection
  ) throws -> [Line] {
    let person = try connection.row("select person_id from accounts where id = ?1", [account]) {
      try $0.optionalInt(0).map { PersonID($0) }
    }
    let key = try person.flatMap { $0 }.flatMap { try vault.key(of: $0, in: connection) }
    return try connection.rows(
      """
      select id, name, scopes, made_at, expires_at, revoked_at, last_used_at, last_origin
      from api_tokens
      where account_id = ?1 and coalesce(revoked_at, expires_at) > ?2
      order by id desc
      """, [account, endedAfter]
    ) { row in
      Line(
        id: try row.int(0), name: try row.text(1), scopes: try scopes(row.text(2)),
        madeAt: try row.instant(3), expiresAt: try row.instant(4),
        revokedAt: try row.optionalInstant(5), lastUsedAt: try row.optionalInstant(6),
        lastOrigin: try row.optionalText(7).flatMap { try key?.open($0, .origin) })
    }
  }

  /// How many of an account's tokens are good; rides api_tokens_account.
  package static func open(
    of account: AccountID, now: Instant, in connection: any Connection
  ) throws -> Int {
    Int(
      try connection.row(
        """
        select count(*)
        from api_tokens
        where account_id = ?1 and revoked_at is null and expires_at > ?2
        """, [account, now]
      ) { try $0.int(0) } ?? 0)
  }

  /// Whose token this is.
  package static func account(of id: Int64, in connection: any Connection) throws -> AccountID? {
    try connection.row("select account_id from api_tokens where id = ?1", [id]) {
      AccountID(try $0.int(0))
    }
  }

  /// - Returns: false where the account has no such token, or it ended before.
  package static func revoke(
    _ id: Int64, of account: AccountID, at now: Instant, by actor: Actor,
    in connection: any Connection
  ) throws -> Bool {
    guard
      try connection.run(
        """
        update api_tokens
        set revoked_at = ?3
        where id = ?1 and account_id = ?2 and revoked_at is null and expires_at > ?3
        """, [id, account, now]) == 1
    else { return false }
    try AccountEvents.append(
      .tokenRevoked, AccountEvents.TokenRevoked(token: String(id)), to: account, at: now,
      by: actor, in: connection)
    return true
  }

  /// Revokes all that are good; rides api_tokens_account.
  static func revokeAll(
    of account: AccountID, at now: Instant, by actor: Actor, in connection: any Connection
  ) throws {
    let ids = try connection.rows(
      """
      select id
      from api_tokens
      where account_id = ?1 and revoked_at is null and expires_at > ?2
      order by id
      """, [account, now]
    ) { try $0.int(0) }
    for id in ids {
      _ = try revoke(id, of: account, at: now, by: actor, in: connection)
    }
  }

  private static func scopes(_ text: String) throws -> Set<TokenScope> {
    guard let scopes = TokenScope.all(in: text) else {
      throw StorageError.unreadable("scopes of a token: \(text)")
    }
    return scopes
  }
}

import Cryptography
import Domain

/// Who is signed in where. Of a session's text only the hash is stored.
package enum SessionRows {
  /// A session with what its holder's account demands of it.
  package struct Held: Sendable {
    package let id: Int64
    package let account: Account
    package let hasCode: Bool
    package let hasSecondFactor: Bool
    package let isGranted: Bool
    package let passwordChangedAt: Instant?
    package let lastSeenAt: Instant
    package let expiresAt: Instant
  }

  /// A line of the list that its holder sees.
  package struct Line: Sendable {
    package let id: Int64
    package let device: Device
    package let createdAt: Instant
    package let lastSeenAt: Instant
  }

  /// - Parameter hasCode: whether the second factor's code was given.
  package static func open(
    _ token: SecretToken, for account: AccountID, on device: Device, hasCode: Bool = false,
    now: Instant, expires: Instant, in connection: any Connection
  ) throws {
    try connection.run("delete from sessions where expires_at <= ?1", [now])
    try connection.run(
      """
      insert into sessions (
        token_hash, id, account_id, device, has_code, created_at, last_seen_at, expires_at)
      values (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7)
      """,
      [
        token.hash, Identifiers.shared.next(now), account, device.text, hasCode, now, expires,
      ])
  }

  /// Who holds this session; one look-up by primary key in each of three tables.
  package static func held(
    by token: SecretToken, now: Instant, _ vault: Vault, in connection: any Connection
  ) throws -> Held? {
    let width = AccountRows.width
    return try connection.row(
      """
      select \(AccountRows.columns), s.id, s.has_code, a.second_factor_at, a.granted_at,
        a.password_changed_at, s.last_seen_at, s.expires_at
      from \(AccountRows.table)
      join sessions s on s.account_id = a.id
      where s.token_hash = ?1 and s.expires_at > ?2 and a.closed_at is null
      """, [token.hash, now]
    ) { row in
      Held(
        id: try row.int(width), account: try AccountRows.decode(row, vault),
        hasCode: try row.int(width + 1) == 1,
        hasSecondFactor: try row.optionalInt(width + 2) != nil,
        isGranted: try row.optionalInt(width + 3) != nil,
        passwordChangedAt: try row.optionalInstant(width + 4),
        lastSeenAt: try row.instant(width + 5), expiresAt: try row.instant(width + 6))
    }
  }

  /// Remembers that a session is in use.
  /// - Parameter before: writes nothing where somebody noted a later time than this.
  package static func touch(
    _ id: Int64, now: Instant, before: Instant, in connection: any Connection
  ) throws {
    try connection.run(
      "update sessions set last_seen_at = ?2 where id = ?1 and last_seen_at <= ?3",
      [id, now, before])
  }

  /// Puts a new text in the place of a session's: what was known of the old one is worth nothing.
  /// - Parameter hasCode: nil leaves it as it is.
  /// - Returns: false where the session ended meanwhile.
  package static func renew(
    _ id: Int64, as token: SecretToken, hasCode: Bool? = nil, in connection: any Connection
  ) throws -> Bool {
    try connection.run(
      "update sessions set token_hash = ?2, has_code = coalesce(?3, has_code) where id = ?1",
      [id, token.hash, hasCode.map { $0 ? 1 : 0 }]) == 1
  }

  /// An account's sessions that have not run out, the last used first; rides sessions_account.
  package static func list(
    of account: AccountID, seenAfter: Instant, now: Instant, in connection: any Connection
  ) throws -> [Line] {
    try connection.rows(
      """
      select id, device, created_at, last_seen_at
      from sessions
      where account_id = ?1 and expires_at > ?2 and last_seen_at > ?3
      order by last_seen_at desc, id desc
      """, [account, now, seenAfter]
    ) {
      Line(
        id: try $0.int(0), device: Device(stored: try $0.text(1)) ?? .unknown,
        createdAt: try $0.instant(2), lastSeenAt: try $0.instant(3))
    }
  }

  package static func end(_ token: SecretToken, in connection: any Connection) throws {
    try connection.run("delete from sessions where token_hash = ?1", [token.hash])
  }

  /// - Returns: false where the account has no such session.
  package static func end(
    _ id: Int64, of account: AccountID, in connection: any Connection
  ) throws -> Bool {
    try connection.run("delete from sessions where id = ?1 and account_id = ?2", [id, account]) == 1
  }

  /// Ends an account's sessions; rides sessions_account.
  /// - Parameter kept: the one that goes on.
  package static func endAll(
    of account: AccountID, but kept: Int64? = nil, in connection: any Connection
  ) throws {
    try connection.run(
      "delete from sessions where account_id = ?1 and id <> ?2", [account, kept ?? 0])
  }

  /// Records that somebody signed in.
  /// - Parameter origin: address and device, in clear; they are sealed here.
  package static func record(
    _ account: Account, person: PersonKey?, origin: String, at now: Instant,
    in connection: any Connection
  ) throws {
    try AccountEvents.append(
      .signedIn, AccountEvents.SignedIn(origin: person?.seal(origin, .origin)), to: account.id,
      at: now, by: account.actor, in: connection)
  }

  /// Records that wrong passwords make the next wait.
  package static func recordLock(
    of account: AccountID, failures: Int, at now: Instant, in connection: any Connection
  ) throws {
    try AccountEvents.append(
      .locked, AccountEvents.Locked(failures: failures), to: account, at: now, by: .system,
      in: connection)
  }
}

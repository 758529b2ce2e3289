import Cryptography
import Domain

/// One-time links, of which only hashes are stored.
extension AccountRows {
  /// What a link that can still be used is for.
  package struct Invited: Sendable {
    package let id: AccountID
    package let name: String
    /// Nil where a username is still to be chosen; else the link renews the password.
    package let username: String?
    /// Whether the account waits for the security administrator afterwards.
    package let needsGrant: Bool
  }

  package static func invite(
    _ account: AccountID, token: SecretToken, needsGrant: Bool = false, expires: Instant,
    in connection: any Connection
  ) throws {
    try connection.run(
      """
      insert into invitations (token_hash, account_id, needs_grant, expires_at)
      values (?1, ?2, ?3, ?4)
      """, [token.hash, account, needsGrant, expires])
  }

  /// Takes back all links of an account that were not used; rides invitations_account.
  package static func withdrawLinks(
    of account: AccountID, in connection: any Connection
  ) throws {
    try connection.run(
      "delete from invitations where account_id = ?1 and used_at is null", [account])
  }

  /// The account a link is for, while it can be used.
  package static func invited(
    by token: SecretToken, now: Instant, _ vault: Vault, in connection: any Connection
  ) throws -> Invited? {
    try connection.row(
      """
      select \(columns), i.needs_grant
      from \(table)
      join invitations i on i.account_id = a.id
      where i.token_hash = ?1 and i.used_at is null and i.expires_at > ?2 and a.closed_at is null
      """, [token.hash, now]
    ) {
      Invited(
        id: AccountID(try $0.int(0)), name: try name($0, vault) ?? "",
        username: try $0.optionalText(1), needsGrant: try $0.int(width) == 1)
    }
  }

  /// Uses a link, and with it all others of the account.
  /// - Returns: false where the link was used meanwhile.
  package static func use(
    _ token: SecretToken, now: Instant, in connection: any Connection
  ) throws -> Bool {
    guard
      let account = try connection.row(
        """
        update invitations
        set used_at = ?2
        where token_hash = ?1 and used_at is null
        returning account_id
        """, [token.hash, now], { AccountID(try $0.int(0)) })
    else { return false }
    try withdrawLinks(of: account, in: connection)
    return true
  }

  /// Records that a new link was given out.
  package static func recordLink(
    of account: AccountID, at now: Instant, by actor: Actor, in connection: any Connection
  ) throws {
    try AccountEvents.append(.linked, to: account, at: now, by: actor, in: connection)
  }
}

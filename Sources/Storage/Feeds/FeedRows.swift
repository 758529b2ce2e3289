import Cryptography
import Domain

/// Secret addresses by which calendars are read; of an address only the hash is stored.
package enum FeedRows {
  /// A line of the list that its holder sees.
  package struct Line: Sendable {
    package let id: Int64
    package let madeAt: Instant
  }

  package static func make(
    _ token: SecretToken, for account: AccountID, at now: Instant, in connection: any Connection
  ) throws {
    try connection.run(
      """
      insert into feed_addresses (token_hash, id, account_id, made_at)
      values (?1, ?2, ?3, ?4)
      """, [token.hash, Identifiers.shared.next(now), account, now])
  }

  /// Whose calendar it is, where the account works; a look-up by primary key.
  package static func account(
    by token: SecretToken, _ vault: Vault, in connection: any Connection
  ) throws -> Account? {
    try connection.row(
      """
      select \(AccountRows.columns)
      from \(AccountRows.table)
      join feed_addresses f on f.account_id = a.id
      where f.token_hash = ?1 and a.closed_at is null and a.granted_at is not null
      """, [token.hash]
    ) { try AccountRows.decode($0, vault) }
  }

  /// The oldest first; rides feed_addresses_account.
  package static func list(
    of account: AccountID, in connection: any Connection
  ) throws -> [Line] {
    try connection.rows(
      "select id, made_at from feed_addresses where account_id = ?1 order by id", [account]
    ) { Line(id: try $0.int(0), madeAt: try $0.instant(1)) }
  }

  /// - Returns: false where the account has no such address.
  package static func end(
    _ id: Int64, of account: AccountID, in connection: any Connection
  ) throws -> Bool {
    try connection.run(
      "delete from feed_addresses where id = ?1 and account_id = ?2", [id, account]) == 1
  }
}

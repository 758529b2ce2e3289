import Cryptography
import Domain

/// Passwords, of which only hashes are stored.
package enum PasswordRows {
  /// The password in force and the one before it.
  package struct Hashes: Sendable {
    package let username: String
    package let current: PasswordHash
    package let previous: PasswordHash?
  }

  package static func hashes(
    of account: AccountID, in connection: any Connection
  ) throws -> Hashes? {
    try connection.row(
      """
      select username, password_hash, previous_password_hash
      from accounts
      where id = ?1 and username is not null
      """, [account]
    ) {
      Hashes(
        username: try $0.text(0), current: PasswordHash(stored: try $0.text(1)),
        previous: try $0.optionalText(2).map { PasswordHash(stored: $0) })
    }
  }

  /// The owner changed it.
  /// - Parameter old: the one that was looked at.
  /// - Returns: false where somebody else changed it meanwhile.
  package static func change(
    of account: AccountID, from old: PasswordHash, to new: PasswordHash, at now: Instant,
    in connection: any Connection
  ) throws -> Bool {
    guard try set(account, new, replacing: old, at: now, in: connection) else { return false }
    try AccountEvents.append(
      .passwordChanged, to: account, at: now, by: .account(account), in: connection)
    return true
  }

  /// Set by a one-time link.
  /// - Parameter grant: `.waits` where the account is to be granted anew.
  package static func reset(
    of account: AccountRows.Stored, to new: PasswordHash, grant: AccountEvents.Grant?,
    at now: Instant, in connection: any Connection
  ) throws {
    let id = account.account.id
    guard let old = try hashes(of: id, in: connection)?.current,
      try set(id, new, replacing: old, at: now, in: connection)
    else { throw StorageError.contention }
    try AccountEvents.append(
      .passwordReset, AccountEvents.PasswordReset(grant: grant), to: id, at: now, by: .account(id),
      in: connection)
    guard grant == .waits else { return }
    try connection.run("update accounts set granted_at = null where id = ?1", [id])
    let pending = try GrantRows.find(id, in: connection)
    try GrantRows.ask(
      pending?.kind == .account ? .account : .password, of: id, pending?.seat ?? account.seat,
      at: now, by: .account(id), in: connection)
  }

  private static func set(
    _ account: AccountID, _ new: PasswordHash, replacing old: PasswordHash, at now: Instant,
    in connection: any Connection
  ) throws -> Bool {
    try connection.run(
      """
      update accounts
      set password_hash = ?2, previous_password_hash = ?3, password_changed_at = ?4
      where id = ?1 and password_hash = ?3
      """, [account, new.text, old.text, now]) == 1
  }
}

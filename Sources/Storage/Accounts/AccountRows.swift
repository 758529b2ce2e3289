import Cryptography
import Domain

/// Accounts: who may sign in, and as what.
package enum AccountRows {
  /// An account with what is known of its state.
  package struct Stored: Sendable {
    package let account: Account
    package let seat: AccountSeat
    package let person: PersonID?
    package let grantedAt: Instant?
    package let secondFactorAt: Instant?
    package let passwordChangedAt: Instant?
    package let closedAt: Instant?
    package let createdAt: Instant
    /// Whether its owner has chosen username and password.
    package let isTakenUp: Bool
  }

  /// Adds an account that nobody can sign in to yet.
  /// - Parameter grant: nil where whoever holds the database makes it.
  package static func create(
    _ id: AccountID, name: String, phone: PhoneNumber?, _ seat: AccountSeat,
    grant: AccountEvents.Grant? = nil, at now: Instant, by actor: Actor, _ vault: Vault,
    in connection: any Connection
  ) throws {
    let key = try vault.createPerson(at: now, in: connection)
    let invited = AccountEvents.Invited(
      role: seat.role.rawValue, unit: seat.unit, official: seat.official,
      enterprise: seat.enterprise, person: key.person, name: key.seal(name, .name),
      phone: phone.map { key.seal($0.text, .phone) }, grant: grant)
    try connection.run(
      """
      insert into accounts (
        id, name, role, unit_id, created_at, person_id, phone, phone_index, official_id,
        enterprise_id, granted_at)
      values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
      """,
      [
        id, invited.name, seat.role, seat.unit, now, key.person, invited.phone,
        phone.map { try vault.blindIndex($0.text, .phone) }, seat.official, seat.enterprise,
        grant == .waits ? Instant?.none : now,
      ])
    try AccountEvents.append(.invited, invited, to: id, at: now, by: actor, in: connection)
    if grant == .waits {
      try GrantRows.ask(.account, of: id, seat, at: now, by: actor, in: connection)
    }
  }

  /// - Throws: `StorageError.notUnique` where the username is taken.
  package static func activate(
    _ id: AccountID, username: String, password: PasswordHash, at now: Instant,
    in connection: any Connection
  ) throws {
    try connection.run(
      """
      update accounts
      set username = ?2, password_hash = ?3, password_changed_at = ?4
      where id = ?1
      """, [id, username.lowercased(), password.text, now])
    try AccountEvents.append(.activated, to: id, at: now, by: .account(id), in: connection)
  }

  /// Closes an account: nobody signs in to it any more, its username is free, its programs end.
  package static func close(
    _ id: AccountID, at now: Instant, by actor: Actor, in connection: any Connection
  ) throws {
    try ServiceRows.closeAll(of: id, at: now, by: actor, in: connection)
    try TokenRows.revokeAll(of: id, at: now, by: actor, in: connection)
    try clear(id, at: now, in: connection)
    try AccountEvents.append(.closed, to: id, at: now, by: actor, in: connection)
  }

  private static func clear(
    _ id: AccountID, at now: Instant, in connection: any Connection
  ) throws {
    try connection.run(
      """
      update accounts
      set username = null, password_hash = null, previous_password_hash = null, phone_index = null,
        second_factor = null, second_factor_at = null, second_factor_step = null,
        closed_at = coalesce(closed_at, ?2)
      where id = ?1
      """, [id, now])
    let own = [
      "sessions", "invitations", "recovery_codes", "account_requests", "notices",
      "notice_settings", "message_addresses", "message_choices", "feed_addresses",
    ]
    for table in own { try connection.run("delete from \(table) where account_id = ?1", [id]) }
    // What it shared its office goes on with.
    try connection.run("delete from saved_views where account_id = ?1 and shared = 0", [id])
  }

  // MARK: Erasure

  /// Closes an account and destroys its owner's key: name and phone cannot be read any more, here, in
  /// the ledger or in copies of either.
  /// - Returns: false where there is no such account.
  package static func erase(
    _ id: AccountID, at now: Instant, by actor: Actor, _ vault: Vault,
    in connection: any Connection
  ) throws -> Bool {
    let person = try connection.row("select person_id from accounts where id = ?1", [id]) {
      PersonID(try $0.int(0))
    }
    guard let person else { return false }
    if try vault.erase(person, at: now, in: connection) {
      try closeErased(id, at: now, by: actor, in: connection)
    }
    return true
  }

  private static func closeErased(
    _ id: AccountID, at now: Instant, by actor: Actor, in connection: any Connection
  ) throws {
    try ServiceRows.closeAll(of: id, at: now, by: actor, in: connection)
    try TokenRows.revokeAll(of: id, at: now, by: actor, in: connection)
    try clear(id, at: now, in: connection)
    try AccountEvents.append(.erased, to: id, at: now, by: actor, in: connection)
  }

  /// Closes accounts whose owner's key was destroyed after the copy was made that these tables come from.
  package static func closeErased(in connection: any Connection) throws {
    let erased = try connection.rows(
      """
      select a.id, k.erased_at
      from accounts a
      join person_keys k on k.person_id = a.person_id
      where k.erased_at is not null
        and not exists (
          select 1
          from ledger l
          where l.stream = 'account/' || cast(a.id as text) and l.kind = 'account.erased')
      order by a.id
      """
    ) { (id: AccountID(try $0.int(0)), at: try $0.instant(1)) }
    for account in erased {
      try closeErased(account.id, at: account.at, by: .system, in: connection)
    }
  }

  // MARK: Names from before there were keys

  package static func hasClearNames(in connection: any Connection) throws -> Bool {
    try connection.row("select 1 from accounts where person_id is null limit 1") { _ in true }
      ?? false
  }

  /// Seals the names of accounts from before there were keys.
  package static func sealNames(
    at now: Instant, _ vault: Vault, in connection: any Connection
  ) throws {
    let clear = try connection.rows("select id, name from accounts where person_id is null") {
      (id: try $0.int(0), name: try $0.text(1))
    }
    for account in clear {
      let key = try vault.createPerson(at: now, in: connection)
      try connection.run(
        "update accounts set person_id = ?2, name = ?3 where id = ?1",
        [account.id, key.person, key.seal(account.name, .name)])
    }
  }
}

import Cryptography
import Domain
import Ledger

/// Accounts, invitations and sessions.
package enum AccountRows {
  /// What the ledger keeps of an invitation. Personal fields are sealed; entries from before there
  /// were keys have none.
  package struct Invited: Codable {
    package var role: String
    package var unit: UnitID?
    package var official: OfficialID?
    package var person: PersonID?
    package var name: String?
    package var phone: String?
  }
  private struct Nothing: Codable {}

  /// Adds an account that nobody can sign in to yet.
  package static func create(
    _ id: AccountID, name: String, phone: PhoneNumber?, role: Role, unit: UnitID?,
    official: OfficialID? = nil, at now: Instant, by actor: Actor, _ vault: Vault,
    in connection: any Connection
  ) throws {
    let key = try vault.createPerson(at: now, in: connection)
    let invited = Invited(
      role: role.rawValue, unit: unit, official: official, person: key.person,
      name: key.seal(name, .name),
      phone: phone.map { key.seal($0.text, .phone) })
    try connection.run(
      """
      insert into accounts (
        id, name, role, unit_id, created_at, person_id, phone, phone_index, official_id)
      values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
      """,
      [
        id, invited.name, role, unit, now, key.person, invited.phone,
        phone.map { try vault.blindIndex($0.text, .phone) }, official,
      ])
    try append(
      "account.invited", invited, to: id, version: 1, at: now, by: actor, in: connection)
  }

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
      try close(id, at: now, by: actor, in: connection)
    }
    return true
  }

  private static func close(
    _ id: AccountID, at now: Instant, by actor: Actor, in connection: any Connection
  ) throws {
    try connection.run(
      """
      update accounts
      set username = null, password_hash = null, phone_index = null, closed_at = ?2
      where id = ?1
      """, [id, now])
    try connection.run("delete from sessions where account_id = ?1", [id])
    let version = try LedgerRows.lastVersion(of: "account/\(id.value)", in: connection)
    try append(
      "account.erased", Nothing(), to: id, version: version + 1, at: now, by: actor,
      in: connection)
  }

  /// - Throws: `StorageError.notUnique` where the username is taken.
  package static func activate(
    _ id: AccountID, username: String, password: PasswordHash, at now: Instant,
    in connection: any Connection
  ) throws {
    try connection.run(
      "update accounts set username = ?2, password_hash = ?3 where id = ?1",
      [id, username.lowercased(), password.text])
    try append(
      "account.activated", Nothing(), to: id, version: 2, at: now, by: .account(id), in: connection)
  }

  /// Closes accounts whose owner's key was destroyed after the copy was made that these tables come from.
  package static func closeErased(in connection: any Connection) throws {
    let erased = try connection.rows(
      """
      select a.id, k.erased_at
      from accounts a
      join person_keys k on k.person_id = a.person_id
      where k.erased_at is not null and a.closed_at is null
      order by a.id
      """
    ) { (id: AccountID(try $0.int(0)), at: try $0.instant(1)) }
    for account in erased {
      try close(account.id, at: account.at, by: .system, in: connection)
    }
  }

  private static func append(
    _ kind: String, _ payload: some Encodable, to id: AccountID, version: Int, at now: Instant,
    by actor: Actor, in connection: any Connection
  ) throws {
    try LedgerRows.append(
      LedgerEntry(
        id: Identifiers.shared.next(now), stream: "account/\(id.value)", version: version, at: now,
        actor: actor, kind: kind, payload: try Payload.encode(payload)),
      to: connection)
  }

  /// Whether anybody can sign in yet.
  package static func isAnyActive(in connection: any Connection) throws -> Bool {
    try connection.row("select 1 from accounts where username is not null limit 1", []) { _ in true
    }
      ?? false
  }

  package static func isAny(_ role: Role, in connection: any Connection) throws -> Bool {
    try connection.row(
      "select 1 from accounts where role = ?1 and closed_at is null limit 1", [role]
    ) { _ in true } ?? false
  }

  /// Accounts whose owners have not chosen a username yet.
  package static func inactive(
    _ vault: Vault, in connection: any Connection
  ) throws -> [(id: AccountID, name: String)] {
    try connection.rows(
      """
      select \(columns)
      from \(table)
      where a.username is null and a.closed_at is null
      order by a.id
      """
    ) { (AccountID(try $0.int(0)), try name($0, vault) ?? "") }
  }

  /// The account of a username, whatever its case, with its password.
  package static func find(
    username: String, _ vault: Vault, in connection: any Connection
  ) throws -> (account: Account, password: PasswordHash)? {
    try connection.row(
      """
      select \(columns), a.password_hash
      from \(table)
      where a.username = ?1
      """, [username.lowercased()]
    ) { (try decode($0, vault), PasswordHash(stored: try $0.text(9))) }
  }

  /// Accounts whose owner has this phone number, taken up or not; rides accounts_phone.
  package static func find(
    _ phone: PhoneNumber, _ vault: Vault, in connection: any Connection
  ) throws -> [(id: AccountID, username: String?, name: String)] {
    try connection.rows(
      """
      select \(columns)
      from \(table)
      where a.phone_index = ?1
      order by a.id
      """, [try vault.blindIndex(phone.text, .phone)]
    ) { (AccountID(try $0.int(0)), try $0.optionalText(1), try name($0, vault) ?? "") }
  }

  /// The names of the accounts among these actors; erased ones have none.
  package static func names(
    of actors: Set<Actor>, _ vault: Vault, in connection: any Connection
  ) throws -> [Actor: String] {
    var names: [Actor: String] = [:]
    for actor in actors {
      guard case .account(let id) = actor else { continue }
      names[actor] =
        try connection.row("select \(columns) from \(table) where a.id = ?1", [id]) {
          try name($0, vault)
        } ?? nil
    }
    return names
  }

  // MARK: Invitations

  package static func invite(
    _ account: AccountID, token: SecretToken, expires: Instant, in connection: any Connection
  ) throws {
    try connection.run(
      "insert into invitations (token_hash, account_id, expires_at) values (?1, ?2, ?3)",
      [token.hash, account, expires])
  }

  /// The account a link is for, while it can be used.
  package static func invited(
    by token: SecretToken, now: Instant, _ vault: Vault, in connection: any Connection
  ) throws -> (id: AccountID, name: String)? {
    try connection.row(
      """
      select \(columns)
      from \(table)
      join invitations i on i.account_id = a.id
      where i.token_hash = ?1 and i.used_at is null and i.expires_at > ?2
        and a.username is null and a.closed_at is null
      """, [token.hash, now]
    ) { (AccountID(try $0.int(0)), try name($0, vault) ?? "") }
  }

  /// - Returns: false where the link was used meanwhile.
  package static func use(
    _ token: SecretToken, now: Instant, in connection: any Connection
  ) throws -> Bool {
    try connection.run(
      "update invitations set used_at = ?2 where token_hash = ?1 and used_at is null",
      [token.hash, now]) == 1
  }

  // MARK: Sessions

  package static func open(
    _ token: SecretToken, for account: AccountID, now: Instant, expires: Instant,
    in connection: any Connection
  ) throws {
    try connection.run("delete from sessions where expires_at <= ?1", [now])
    try connection.run(
      "insert into sessions (token_hash, account_id, created_at, expires_at) values (?1, ?2, ?3, ?4)",
      [token.hash, account, now, expires])
  }

  /// Who holds this session; one primary-key look-up on each side of the join.
  package static func signedIn(
    with token: SecretToken, now: Instant, _ vault: Vault, in connection: any Connection
  ) throws -> Account? {
    try connection.row(
      """
      select \(columns)
      from \(table)
      join sessions s on s.account_id = a.id
      where s.token_hash = ?1 and s.expires_at > ?2 and a.closed_at is null
      """, [token.hash, now]
    ) { try decode($0, vault) }
  }

  package static func end(_ token: SecretToken, in connection: any Connection) throws {
    try connection.run("delete from sessions where token_hash = ?1", [token.hash])
  }

  private static let columns =
    "a.id, a.username, a.name, a.role, a.unit_id, a.person_id, k.master_key_id, k.wrapped, a.official_id"
  private static let table = "accounts a left join person_keys k on k.person_id = a.person_id"

  private static func decode(_ row: any SQLRow, _ vault: Vault) throws -> Account {
    Account(
      id: AccountID(try row.int(0)), username: try row.text(1), name: try name(row, vault) ?? "",
      role: try row.value(3, Role.self), unit: try row.optionalUnitID(4),
      official: try row.optionalInt(8).map { OfficialID($0) })
  }

  /// - Returns: nil where the owner's key was destroyed.
  private static func name(_ row: any SQLRow, _ vault: Vault) throws -> String? {
    guard let masterID = try row.optionalText(6) else { return nil }
    let key = try vault.key(
      of: PersonID(try row.int(5)), masterID: masterID, wrapped: try row.bytes(7))
    return try key.open(try row.text(2), .name)
  }
}

import Cryptography
import Domain
import Ledger

/// Accounts, invitations and sessions.
package enum AccountRows {
  private struct Invited: Codable {
    var role: String
    var unit: UnitID?
  }
  private struct Nothing: Codable {}

  /// Adds an account that nobody can sign in to yet. The ledger gets no name: personal data stay
  /// out of it.
  package static func create(
    _ id: AccountID, name: String, role: Role, unit: UnitID?, at now: Instant, by actor: Actor,
    in connection: any Connection
  ) throws {
    try connection.run(
      "insert into accounts (id, name, role, unit_id, created_at) values (?1, ?2, ?3, ?4, ?5)",
      [id, name, role, unit, now])
    try append(
      "account.invited", Invited(role: role.rawValue, unit: unit), to: id, version: 1, at: now,
      by: actor, in: connection)
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
    try connection.row("select 1 from accounts where role = ?1 limit 1", [role]) { _ in true }
      ?? false
  }

  /// Accounts whose owners have not chosen a username yet.
  package static func inactive(
    in connection: any Connection
  ) throws -> [(id: AccountID, name: String)] {
    try connection.rows("select id, name from accounts where username is null order by id") {
      (AccountID(try $0.int(0)), try $0.text(1))
    }
  }

  /// The account of a username, whatever its case, with its password.
  package static func find(
    username: String, in connection: any Connection
  ) throws -> (account: Account, password: PasswordHash)? {
    try connection.row(
      """
      select \(columns), a.password_hash
      from accounts a
      where a.username = ?1
      """, [username.lowercased()]
    ) { (try decode($0), PasswordHash(stored: try $0.text(5))) }
  }

  /// The names of the accounts among these actors.
  package static func names(
    of actors: Set<Actor>, in connection: any Connection
  ) throws -> [Actor: String] {
    var names: [Actor: String] = [:]
    for actor in actors {
      guard case .account(let id) = actor else { continue }
      names[actor] = try connection.row("select name from accounts where id = ?1", [id]) {
        try $0.text(0)
      }
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
    by token: SecretToken, now: Instant, in connection: any Connection
  ) throws -> (id: AccountID, name: String)? {
    try connection.row(
      """
      select a.id, a.name
      from invitations i
      join accounts a on a.id = i.account_id
      where i.token_hash = ?1 and i.used_at is null and i.expires_at > ?2 and a.username is null
      """, [token.hash, now]
    ) { (AccountID(try $0.int(0)), try $0.text(1)) }
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
    with token: SecretToken, now: Instant, in connection: any Connection
  ) throws -> Account? {
    try connection.row(
      """
      select \(columns)
      from sessions s
      join accounts a on a.id = s.account_id
      where s.token_hash = ?1 and s.expires_at > ?2
      """, [token.hash, now], decode)
  }

  package static func end(_ token: SecretToken, in connection: any Connection) throws {
    try connection.run("delete from sessions where token_hash = ?1", [token.hash])
  }

  private static let columns = "a.id, a.username, a.name, a.role, a.unit_id"

  private static func decode(_ row: any SQLRow) throws -> Account {
    Account(
      id: AccountID(try row.int(0)), username: try row.text(1), name: try row.text(2),
      role: try row.value(3, Role.self), unit: try row.optionalUnitID(4))
  }
}

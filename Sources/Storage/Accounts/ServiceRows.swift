import Cryptography
import Domain

/// Accounts of programs (程序账号), beside their makers'.
package enum ServiceRows {
  /// Adds a program in its maker's seat; it works at once, with what tokens it is given.
  package static func make(
    _ id: AccountID, name: String, for maker: Account, at now: Instant, _ vault: Vault,
    in connection: any Connection
  ) throws {
    let key = try vault.createPerson(at: now, in: connection)
    let made = AccountEvents.ServiceMade(
      maker: maker.id, role: maker.role.rawValue, unit: maker.unit, person: key.person,
      name: key.seal(name, .name))
    try connection.run(
      """
      insert into accounts (id, name, role, unit_id, created_at, person_id, granted_at, maker_id)
      values (?1, ?2, ?3, ?4, ?5, ?6, ?5, ?7)
      """, [id, made.name, maker.role, maker.unit, now, key.person, maker.id])
    try AccountEvents.append(
      .serviceMade, made, to: id, at: now, by: maker.actor, in: connection)
  }

  /// A maker's programs that work or were closed after an instant, the newest first; rides accounts_maker.
  package static func list(
    of maker: AccountID, closedAfter: Instant, _ vault: Vault, in connection: any Connection
  ) throws -> [AccountRows.Stored] {
    try connection.rows(
      """
      select \(AccountRows.columns), \(AccountRows.stateColumns)
      from \(AccountRows.table)
      where a.maker_id = ?1 and (a.closed_at is null or a.closed_at > ?2)
      order by a.id desc
      """, [maker, closedAfter]
    ) { try AccountRows.stored($0, vault) }
  }

  /// How many of a maker's programs work; rides accounts_maker.
  package static func open(of maker: AccountID, in connection: any Connection) throws -> Int {
    try working(of: maker, in: connection).count
  }

  /// Whose program an account is; nil for a person's.
  package static func maker(
    of account: AccountID, in connection: any Connection
  ) throws -> AccountID? {
    try connection.row("select maker_id from accounts where id = ?1", [account]) {
      try $0.optionalInt(0).map { AccountID($0) }
    }.flatMap { $0 }
  }

  /// Closes all that work: their maker's account or its seat ended.
  static func closeAll(
    of maker: AccountID, at now: Instant, by actor: Actor, in connection: any Connection
  ) throws {
    for id in try working(of: maker, in: connection) {
      try AccountRows.close(id, at: now, by: actor, in: connection)
    }
  }

  private static func working(
    of maker: AccountID, in connection: any Connection
  ) throws -> [AccountID] {
    try connection.rows(
      "select id from accounts where maker_id = ?1 and closed_at is null order by id", [maker]
    ) { AccountID(try $0.int(0)) }
  }
}

import Cryptography
import Domain

/// Finding accounts.
extension AccountRows {
  /// Whether anybody can sign in yet.
  package static func isAnyActive(in connection: any Connection) throws -> Bool {
    try connection.row("select 1 from accounts where username is not null limit 1", []) { _ in true
    }
      ?? false
  }

  /// Whether there is an open account of this role; rides accounts_role_id.
  package static func isAny(_ role: Role, in connection: any Connection) throws -> Bool {
    try connection.row(
      "select 1 from accounts where role = ?1 and closed_at is null limit 1", [role]
    ) { _ in true } ?? false
  }

  /// Whether there ever was an account of this role; rides accounts_role_id.
  package static func wasAny(_ role: Role, in connection: any Connection) throws -> Bool {
    try connection.row("select 1 from accounts where role = ?1 limit 1", [role]) { _ in true }
      ?? false
  }

  /// Accounts of a role that can work, but for one; rides accounts_role_id.
  package static func others(
    _ role: Role, than id: AccountID, in connection: any Connection
  ) throws -> Int {
    Int(
      try connection.row(
        """
        select count(*)
        from accounts
        where role = ?1 and id <> ?2 and closed_at is null and granted_at is not null
          and username is not null
        """, [role, id]
      ) { try $0.int(0) } ?? 0)
  }

  /// The open administrators' accounts of whoever has this telephone number; rides accounts_phone.
  package static func administrators(
    with phone: PhoneNumber, _ vault: Vault, in connection: any Connection
  ) throws -> [(id: AccountID, role: Role)] {
    try connection.rows(
      "select id, role from accounts where phone_index = ?1 and closed_at is null",
      [try vault.blindIndex(phone.text, .phone)]
    ) { (AccountID(try $0.int(0)), try $0.value(1, Role.self)) }
    .filter { $0.1.isAdministrator }
  }

  /// Accounts whose owners have not chosen a username yet.
  package static func inactive(
    _ vault: Vault, in connection: any Connection
  ) throws -> [(id: AccountID, name: String)] {
    try connection.rows(
      """
      select \(columns)
      from \(table)
      where a.username is null and a.closed_at is null and a.maker_id is null
      order by a.id
      """
    ) { (AccountID(try $0.int(0)), try name($0, vault) ?? "") }
  }

  /// The first account of a seat that nobody has taken up.
  package static func inactive(
    in seat: AccountSeat, _ vault: Vault, in connection: any Connection
  ) throws -> (id: AccountID, name: String)? {
    try connection.row(
      """
      select \(columns)
      from \(table)
      where a.username is null and a.closed_at is null and a.maker_id is null and a.role = ?1
        and coalesce(a.unit_id, 0) = ?2 and coalesce(a.official_id, 0) = ?3
        and coalesce(a.enterprise_id, 0) = ?4
      order by a.id
      limit 1
      """,
      [
        seat.role, seat.unit?.value ?? 0, seat.official?.value ?? 0, seat.enterprise?.value ?? 0,
      ]
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
    ) { (try decode($0, vault), PasswordHash(stored: try $0.text(width))) }
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
    try people(actors, vault, in: connection).mapValues(\.name)
  }

  /// The owners of the accounts among these actors, with the keys of what is sealed for them; erased ones
  /// are left out.
  package static func people(
    _ actors: Set<Actor>, _ vault: Vault, in connection: any Connection
  ) throws -> [Actor: (name: String, key: PersonKey)] {
    let ids = actors.compactMap { actor -> Int64? in
      guard case .account(let id) = actor else { return nil }
      return id.value
    }
    var people: [Actor: (name: String, key: PersonKey)] = [:]
    if ids.isEmpty { return people }
    try connection.forEach(
      """
      select \(columns)
      from \(table)
      where \(connection.dialect.among("a.id", "?1"))
      """, [connection.dialect.list(ids)]
    ) { row in
      guard let key = try key(row, vault) else { return }
      people[.account(AccountID(try row.int(0)))] = (try key.open(try row.text(2), .name), key)
    }
    return people
  }

  /// One account with its state.
  package static func find(
    _ id: AccountID, _ vault: Vault, in connection: any Connection
  ) throws -> Stored? {
    try connection.row(
      "select \(columns), \(stateColumns) from \(table) where a.id = ?1", [id]
    ) { try stored($0, vault) }
  }

  /// Several accounts with their states.
  package static func find(
    _ ids: [AccountID], _ vault: Vault, in connection: any Connection
  ) throws -> [AccountID: Stored] {
    var found: [AccountID: Stored] = [:]
    if ids.isEmpty { return found }
    try connection.forEach(
      """
      select \(columns), \(stateColumns)
      from \(table)
      where \(connection.dialect.among("a.id", "?1"))
      """, [connection.dialect.list(ids.map(\.value))]
    ) { row in
      let stored = try stored(row, vault)
      found[stored.account.id] = stored
    }
    return found
  }

  /// What an account may act as now.
  static func seat(of id: AccountID, in connection: any Connection) throws -> AccountSeat? {
    try connection.row(
      "select role, unit_id, official_id, enterprise_id from accounts where id = ?1", [id]
    ) {
      AccountSeat(
        try $0.value(0, Role.self), unit: try $0.optionalUnitID(1),
        official: try $0.optionalInt(2).map { OfficialID($0) },
        enterprise: try $0.optionalInt(3).map { EnterpriseID($0) })
    }
  }

  package struct Filter: Sendable, Hashable {
    package var role: Role?
    package var unit: UnitID?
    package var phone: PhoneNumber?
    /// How the username begins.
    package var username = ""
    package var state: State?

    package enum State: String, Sendable, CaseIterable {
      case working, invited, waiting, closed
    }

    package init() {}
  }

  /// Accounts, the newest first; rides accounts_role_id where a role is asked for, accounts_phone for a
  /// number, else the primary key.
  package static func list(
    _ filter: Filter, before key: AccountID?, size: Int, _ vault: Vault,
    in connection: any Connection
  ) throws -> Page<Stored, AccountID> {
    var conditions = ["a.id < ?1"]
    var arguments: [any SQLConvertible] = [key?.value ?? Int64.max]
    func add(_ condition: (String) -> String, _ value: any SQLConvertible) {
      arguments.append(value)
      conditions.append(condition("?\(arguments.count)"))
    }
    if let role = filter.role { add({ "a.role = \($0)" }, role) }
    if let unit = filter.unit { add({ "a.unit_id = \($0)" }, unit) }
    if let phone = filter.phone {
      add({ "a.phone_index = \($0)" }, try vault.blindIndex(phone.text, .phone))
    }
    if !filter.username.isEmpty {
      let start = filter.username.lowercased()
      // Not a range: in which order letters come is the database's own affair.
      add({ "substr(a.username, 1, \(start.unicodeScalars.count)) = \($0)" }, start)
    }
    switch filter.state {
    case .working:
      conditions.append(
        """
        a.closed_at is null and a.granted_at is not null
          and (a.username is not null or a.maker_id is not null)
        """)
    case .invited:
      conditions.append("a.closed_at is null and a.username is null and a.maker_id is null")
    case .waiting: conditions.append("a.closed_at is null and a.granted_at is null")
    case .closed: conditions.append("a.closed_at is not null")
    case nil: break
    }
    return try connection.page(
      """
      select \(columns), \(stateColumns)
      from \(table)
      where \(conditions.joined(separator: "\n  and "))
      order by a.id desc
      """, arguments, size: size, key: \.account.id
    ) { try stored($0, vault) }
  }

  // MARK: Reading rows

  static let columns =
    "a.id, a.username, a.name, a.role, a.unit_id, a.person_id, k.master_key_id, k.wrapped, a.official_id, a.enterprise_id, a.maker_id"
  static let width = 11
  static let stateColumns =
    "a.granted_at, a.second_factor_at, a.password_changed_at, a.closed_at, a.created_at"
  static let table = "accounts a left join person_keys k on k.person_id = a.person_id"

  static func decode(_ row: any SQLRow, _ vault: Vault) throws -> Account {
    Account(
      id: AccountID(try row.int(0)), username: try row.optionalText(1) ?? "",
      name: try name(row, vault) ?? "", role: try row.value(3, Role.self),
      unit: try row.optionalUnitID(4),
      official: try row.optionalInt(8).map { OfficialID($0) },
      enterprise: try row.optionalInt(9).map { EnterpriseID($0) },
      maker: try row.optionalInt(10).map { AccountID($0) })
  }

  /// From a row of `columns` and `stateColumns`.
  static func stored(_ row: any SQLRow, _ vault: Vault) throws -> Stored {
    let account = try decode(row, vault)
    return Stored(
      account: account,
      seat: AccountSeat(
        account.role, unit: account.unit, official: account.official,
        enterprise: account.enterprise),
      person: try row.optionalInt(5).map { PersonID($0) },
      grantedAt: try row.optionalInstant(width), secondFactorAt: try row.optionalInstant(width + 1),
      passwordChangedAt: try row.optionalInstant(width + 2),
      closedAt: try row.optionalInstant(width + 3), createdAt: try row.instant(width + 4),
      isTakenUp: try row.optionalText(1) != nil)
  }

  /// - Returns: nil where the owner's key was destroyed.
  static func name(_ row: any SQLRow, _ vault: Vault) throws -> String? {
    try key(row, vault)?.open(try row.text(2), .name)
  }

  private static func key(_ row: any SQLRow, _ vault: Vault) throws -> PersonKey? {
    guard let masterID = try row.optionalText(6) else { return nil }
    return try vault.key(
      of: PersonID(try row.int(5)), masterID: masterID, wrapped: try row.bytes(7))
  }
}

import Cryptography
import Domain

/// The contacts of enterprises and villages. Name and phone are sealed under the person's key.
package enum ContactRows {
  package static let register = Register(
    "contacts", stream: "contact",
    [
      .init("enterprise_id", .id), .init("unit_id", .id), .init("person_id", .id), .init("name"),
      .init("post"), .init("phone"), .init("status"),
    ], derived: ["phone_index"])

  package struct Stored: Sendable {
    package let contact: Contact
    let row: Register.Row
    fileprivate let key: PersonKey
  }

  package static func add(
    _ new: [Contact], at now: Instant, by actor: Actor, _ vault: Vault,
    in connection: any Connection
  ) throws {
    if new.isEmpty { return }
    let keys = try vault.createPersons(new.count, at: now, in: connection)
    try register.add(
      try zip(new, keys).map { contact, key in
        Register.Row(
          id: Identifiers.shared.next(now),
          values: try values(of: contact, key, replacing: nil),
          derived: [try index(of: contact, vault)])
      }, at: now, by: actor, in: connection)
  }

  /// - Returns: false where nothing differs.
  package static func change(
    _ stored: Stored, to new: Contact, at now: Instant, by actor: Actor, _ vault: Vault,
    in connection: any Connection
  ) throws -> Bool {
    if stored.contact == new { return false }
    try register.change(
      stored.row, to: try values(of: new, stored.key, replacing: stored.row),
      derived: [try index(of: new, vault)], at: now, by: actor, in: connection)
    return true
  }

  /// The contacts of today of units in a subtree; rides units_path and contacts_unit.
  package static func current(
    under path: String, _ vault: Vault, in connection: any Connection
  ) throws -> [UnitID: Contact] {
    var found: [UnitID: Contact] = [:]
    try connection.stream(
      """
      select \(selection)
      from units u
      join contacts c on c.unit_id = u.id and c.status = 'current'
      join person_keys k on k.person_id = c.person_id
      where u.path >= ?1 and u.path < ?2
      """, [path, UnitRows.subtreeEnd(path)]
    ) { sql in
      let contact = try decode(sql, vault).contact
      if case .unit(let unit) = contact.of { found[unit] = contact }
    }
    return found
  }

  /// The contacts of today of some; rides contacts_enterprise or contacts_unit.
  package static func current(
    of owners: [Contact.Of], _ vault: Vault, in connection: any Connection
  ) throws -> [Contact.Of: Stored] {
    var ids: [String: [Int64]] = [:]
    for owner in owners {
      switch owner {
      case .enterprise(let id): ids["enterprise_id", default: []].append(id.value)
      case .unit(let id): ids["unit_id", default: []].append(id.value)
      }
    }
    var found: [Contact.Of: Stored] = [:]
    for (column, ids) in ids {
      try connection.stream(
        """
        select \(selection)
        from contacts c
        join person_keys k on k.person_id = c.person_id
        where \(connection.dialect.among("c.\(column)", "?1")) and c.status = 'current'
        """, [connection.dialect.list(ids)]
      ) { sql in
        let stored = try decode(sql, vault)
        found[stored.contact.of] = stored
      }
    }
    return found
  }

  /// The id of an enterprise's contact of today; rides contacts_enterprise.
  package static func currentID(
    of enterprise: EnterpriseID, in connection: any Connection
  ) throws -> Int64? {
    try connection.row(
      "select id from contacts where enterprise_id = ?1 and status = 'current'", [enterprise]
    ) { try $0.int(0) }
  }

  /// Gives an enterprise's contacts to the entry that stands for it; the one that has a contact keeps it.
  package static func move(
    from gone: EnterpriseID, to kept: EnterpriseID, at now: Instant, by actor: Actor,
    in connection: any Connection
  ) throws {
    let hasContact =
      try connection.row(
        "select 1 from contacts where enterprise_id = ?1 and status = 'current'", [kept]
      ) { _ in true } ?? false
    let rows = try connection.rows(
      """
      select \(register.selection("c")), c.phone_index
      from contacts c
      where c.enterprise_id = ?1
      """, [gone]
    ) { (row: try register.row($0), index: try $0.optionalBytes(register.width)) }
    for (row, index) in rows {
      var values = row.values
      values[0] = kept.sql
      if hasContact, values[6] == ContactStatus.current.sql { values[6] = ContactStatus.former.sql }
      try register.change(
        row, to: values, derived: [index.sql], verb: "moved", at: now, by: actor, in: connection)
    }
  }

  /// Closes contacts whose key was destroyed after the copy was made that these tables come from.
  package static func closeErased(in connection: any Connection) throws {
    let erased = try connection.rows(
      """
      select \(register.selection("c")), k.erased_at
      from contacts c
      join person_keys k on k.person_id = c.person_id
      where k.erased_at is not null and c.status <> 'erased'
      order by c.id
      """
    ) { (row: try register.row($0), at: try $0.instant(register.width)) }
    for contact in erased {
      try close(contact.row, at: contact.at, by: .system, in: connection)
    }
  }

  /// Destroys the keys of all contacts with this phone number.
  /// - Returns: how many.
  package static func erase(
    _ phone: PhoneNumber, at now: Instant, by actor: Actor, _ vault: Vault,
    in connection: any Connection
  ) throws -> Int {
    let found = try connection.rows(
      "select \(register.selection("c")) from contacts c where c.phone_index = ?1",
      [try vault.blindIndex(phone.text, .phone)], register.row)
    return try erase(found, at: now, by: actor, vault, in: connection)
  }

  /// Destroys the keys of all contacts of an enterprise or unit, of today and before.
  /// - Returns: how many.
  package static func erase(
    of owner: Int64, at now: Instant, by actor: Actor, _ vault: Vault,
    in connection: any Connection
  ) throws -> Int {
    let found = try connection.rows(
      """
      select \(register.selection("c"))
      from contacts c
      where c.enterprise_id = ?1 or c.unit_id = ?1
      """, [owner], register.row)
    return try erase(found, at: now, by: actor, vault, in: connection)
  }

  private static func erase(
    _ rows: [Register.Row], at now: Instant, by actor: Actor, _ vault: Vault,
    in connection: any Connection
  ) throws -> Int {
    for row in rows {
      guard case .int(let person) = row.values[2] else { continue }
      if try vault.erase(PersonID(person), at: now, in: connection) {
        try close(row, at: now, by: actor, in: connection)
      }
    }
    return rows.count
  }

  private static func close(
    _ row: Register.Row, at now: Instant, by actor: Actor, in connection: any Connection
  ) throws {
    try register.change(
      row, to: row.values.dropLast() + [ContactStatus.erased.sql], derived: [SQLValue.null],
      verb: "erased", at: now, by: actor, in: connection)
  }

  /// The columns of a contact `c` and its key `k`.
  static let selection = "\(register.selection("c")), k.master_key_id, k.wrapped"
  static let selectionWidth = register.width + 2

  /// - Returns: nil where an outer join found no contact.
  static func contact(_ sql: any SQLRow, from first: Int, _ vault: Vault) throws -> Contact? {
    guard try sql.optionalInt(first) != nil else { return nil }
    return try contact(sql, from: first, try key(sql, from: first, vault))
  }

  private static func key(_ sql: any SQLRow, from first: Int, _ vault: Vault) throws -> PersonKey {
    try vault.key(
      of: PersonID(try sql.int(first + 4)), masterID: try sql.text(first + register.width),
      wrapped: try sql.bytes(first + register.width + 1))
  }

  private static func contact(
    _ sql: any SQLRow, from first: Int, _ key: PersonKey
  ) throws -> Contact {
    let of: Contact.Of =
      if let enterprise = try sql.optionalInt(first + 2) {
        .enterprise(EnterpriseID(enterprise))
      } else {
        .unit(try sql.unitID(first + 3))
      }
    return Contact(
      of: of, name: try key.open(try sql.text(first + 5), .name),
      post: try sql.optionalText(first + 6),
      phone: try sql.optionalText(first + 7).map { PhoneNumber(stored: try key.open($0, .phone)) },
      status: try sql.value(first + 8, ContactStatus.self))
  }

  static func decode(_ sql: any SQLRow, _ vault: Vault) throws -> Stored {
    let key = try key(sql, from: 0, vault)
    return Stored(
      contact: try contact(sql, from: 0, key), row: try register.row(sql), key: key)
  }

  private static func values(
    of contact: Contact, _ key: PersonKey, replacing row: Register.Row?
  ) throws -> [any SQLConvertible] {
    var (enterprise, unit): (EnterpriseID?, UnitID?) = (nil, nil)
    switch contact.of {
    case .enterprise(let id): enterprise = id
    case .unit(let id): unit = id
    }
    return [
      enterprise, unit, key.person, try key.reseal(contact.name, .name, over: row?.values[3]),
      contact.post, try key.reseal(contact.phone?.text, .phone, over: row?.values[5]),
      contact.status,
    ]
  }

  private static func index(of contact: Contact, _ vault: Vault) throws -> [UInt8]? {
    try contact.phone.map { try vault.blindIndex($0.text, .phone) }
  }
}

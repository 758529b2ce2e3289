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

  /// The contacts of today of all in a subtree, by whom they speak for; rides units_path.
  package static func current(
    under path: String = "/", _ vault: Vault, in connection: any Connection
  ) throws -> [Contact.Of: Stored] {
    var found: [Contact.Of: Stored] = [:]
    for owner in [
      "join enterprises e on e.id = c.enterprise_id join units u on u.id = e.unit_id",
      "join units u on u.id = c.unit_id",
    ] {
      try connection.stream(
        """
        select \(selection)
        from contacts c
        join person_keys k on k.person_id = c.person_id
        \(owner)
        where u.path >= ?1 and u.path < ?2 and c.status = 'current'
        """, [path, UnitRows.subtreeEnd(path)]
      ) { sql in
        let stored = try decode(sql, vault)
        found[stored.contact.of] = stored
      }
    }
    return found
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
    for row in found {
      guard case .int(let person) = row.values[2] else { continue }
      if try vault.erase(PersonID(person), at: now, in: connection) {
        try close(row, at: now, by: actor, in: connection)
      }
    }
    return found.count
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
      phone: try sql.optionalText(first + 7).flatMap { PhoneNumber(try key.open($0, .phone)) },
      status: try sql.value(first + 8, ContactStatus.self))
  }

  private static func decode(_ sql: any SQLRow, _ vault: Vault) throws -> Stored {
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

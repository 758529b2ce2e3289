import Cryptography
import Domain
import Language

/// The register of officials. Name, phone, ID number and home area are sealed under the person's key.
package enum OfficialRows {
  package static let register = Register(
    "officials", stream: "official",
    [
      .init("person_id", .id), .init("name"), .init("unit_id", .id), .init("post"), .init("rank"),
      .init("track"), .init("expertise"), .init("home"), .init("phone"), .init("id_number"),
      .init("status"),
    ], derived: ["person_index", "phone_index"])

  package struct Stored: Sendable {
    package let id: OfficialID
    package let official: Official
    package let person: PersonID
    let row: Register.Row
  }

  /// Adds officials.
  /// - Throws: `StorageError.notUnique` where one of them is known.
  package static func add(
    _ new: [Official], at now: Instant, by actor: Actor, _ vault: Vault,
    in connection: any Connection
  ) throws {
    let keys = try vault.createPersons(new.count, at: now, in: connection)
    let rows = try zip(new, keys).map { official, key in
      Register.Row(
        id: Identifiers.shared.next(now),
        values: try values(of: official, key, replacing: nil),
        derived: try derived(of: official, vault))
    }
    try register.add(rows, at: now, by: actor, in: connection)
    try SearchRows.insert(
      zip(rows, new).map { try item(OfficialID($0.id), $1, vault) }, in: connection)
  }

  /// - Returns: false where nothing differs.
  package static func change(
    _ stored: Stored, to new: Official, at now: Instant, by actor: Actor, _ vault: Vault,
    in connection: any Connection
  ) throws -> Bool {
    if stored.official == new { return false }
    guard let key = try vault.key(of: stored.person, in: connection) else { return false }
    try register.change(
      stored.row, to: try values(of: new, key, replacing: stored.row),
      derived: try derived(of: new, vault), at: now, by: actor, in: connection)
    if new.name != stored.official.name || new.unit != stored.official.unit {
      try SearchRows.remove([stored.id.value], in: connection)
      try SearchRows.insert([item(stored.id, new, vault)], in: connection)
    }
    return true
  }

  /// Destroys an official's key: name, phone and ID number cannot be read any more, anywhere.
  /// - Returns: false where there is no such official.
  package static func erase(
    _ id: OfficialID, at now: Instant, by actor: Actor, _ vault: Vault,
    in connection: any Connection
  ) throws -> Bool {
    let found = try connection.row(
      "select \(register.selection("o")) from officials o where o.id = ?1", [id], register.row)
    guard let found else { return false }
    guard case .int(let person) = found.values[0] else { return false }
    if try vault.erase(PersonID(person), at: now, in: connection) {
      try close(found, at: now, by: actor, in: connection)
    }
    return true
  }

  private static func close(
    _ row: Register.Row, at now: Instant, by actor: Actor, in connection: any Connection
  ) throws {
    try register.change(
      row, to: row.values.dropLast() + [OfficialStatus.erased.sql],
      derived: [SQLValue.null, SQLValue.null], verb: "erased", at: now, by: actor, in: connection)
    try SearchRows.remove([row.id], in: connection)
  }

  /// Closes officials whose key was destroyed after the copy was made that these tables come from.
  package static func closeErased(in connection: any Connection) throws {
    let erased = try connection.rows(
      """
      select \(register.selection("o")), k.erased_at
      from officials o
      join person_keys k on k.person_id = o.person_id
      where k.erased_at is not null and o.status <> 'erased'
      order by o.id
      """
    ) { (row: try register.row($0), at: try $0.instant(register.width)) }
    for official in erased {
      try close(official.row, at: official.at, by: .system, in: connection)
    }
  }

  /// The officials who have one of these identities, by it: the ID number, or phone and name, whichever
  /// the other row has. Rides the indices on person_index and phone_index.
  package static func find(
    identities officials: [Official], _ vault: Vault, in connection: any Connection
  ) throws -> [String: Stored] {
    var found: [String: Stored] = [:]
    func take(_ column: String, _ indices: Set<[UInt8]>) throws {
      let all = Array(indices)
      for start in stride(from: 0, to: all.count, by: 500) {
        let some = Array(all[start..<min(start + 500, all.count)])
        try connection.forEach(
          "\(select) where o.\(column) in (\(places(some.count))) and k.wrapped is not null", some
        ) { row in
          let stored = try decode(row, vault)
          for identity in stored.official.identities { found[identity] = stored }
        }
      }
    }
    try take(
      "person_index",
      Set(officials.compactMap(\.identity).map { try vault.blindIndex($0, .idNumber) }))
    try take(
      "phone_index",
      Set(officials.compactMap(\.phone).map { try vault.blindIndex($0.text, .phone) }))
    return found
  }

  /// The first one registered that is in office.
  package static func first(in connection: any Connection) throws -> OfficialID? {
    try connection.row("select min(id) from officials where status <> 'erased'") {
      try $0.optionalInt(0).map { OfficialID($0) }
    } ?? nil
  }

  package static func exists(
    _ id: OfficialID, in connection: any Connection
  ) throws -> Bool {
    try connection.row("select 1 from officials where id = ?1", [id]) { _ in true } ?? false
  }

  /// - Returns: nil for one that was erased, too.
  package static func find(
    _ id: OfficialID, _ vault: Vault, in connection: any Connection
  ) throws -> Stored? {
    try connection.row("\(select) where o.id = ?1 and k.wrapped is not null", [id]) {
      try decode($0, vault)
    }
  }

  /// Several at once, without those that were erased.
  package static func find(
    _ ids: [OfficialID], _ vault: Vault, in connection: any Connection
  ) throws -> [OfficialID: Stored] {
    if ids.isEmpty { return [:] }
    var found: [OfficialID: Stored] = [:]
    try connection.forEach(
      "\(select) where \(connection.dialect.among("o.id", "?1")) and k.wrapped is not null",
      [connection.dialect.list(Set(ids).map(\.value).sorted())]
    ) { row in
      let stored = try decode(row, vault)
      found[stored.id] = stored
    }
    return found
  }

  /// Officials of a subtree, unit by unit; rides units_path and officials_unit.
  package static func forEach(
    under path: String, _ vault: Vault, in connection: any Connection,
    _ body: (Stored) throws -> Void
  ) throws {
    try connection.stream(
      """
      \(select)
      join units u on u.id = o.unit_id
      where u.path >= ?1 and u.path < ?2 and o.status <> 'erased'
      order by u.path, o.id
      """, [path, UnitRows.subtreeEnd(path)]
    ) { try body(decode($0, vault)) }
  }

  static let select = """
    select \(register.selection("o")), k.master_key_id, k.wrapped
    from officials o
    join person_keys k on k.person_id = o.person_id
    """

  static func decode(_ sql: any SQLRow, _ vault: Vault) throws -> Stored {
    let row = try register.row(sql)
    let person = PersonID(try sql.int(2))
    let key = try vault.key(
      of: person, masterID: try sql.text(register.width), wrapped: try sql.bytes(register.width + 1)
    )
    let official = Official(
      name: try key.open(try sql.text(3), .name), unit: try sql.unitID(4),
      post: try sql.optionalText(5), rank: try sql.value(6, OfficialRank.self),
      track: try sql.value(7, OfficialTrack.self), expertise: list(try sql.optionalText(8)),
      home: try sql.optionalText(9).map { try key.open($0, .home) },
      phone: try sql.optionalText(10).map { PhoneNumber(stored: try key.open($0, .phone)) },
      idNumber: try sql.optionalText(11).map { try key.open($0, .idNumber) },
      status: try sql.value(12, OfficialStatus.self))
    return Stored(id: OfficialID(row.id), official: official, person: person, row: row)
  }

  private static func values(
    of official: Official, _ key: PersonKey, replacing row: Register.Row?
  ) throws -> [any SQLConvertible] {
    func sealed(_ field: PersonalField, _ column: Int, _ text: String?) throws -> String? {
      try key.reseal(text, field, over: row?.values[column])
    }
    return [
      key.person, try sealed(.name, 1, official.name), official.unit, official.post,
      official.rank, official.track, text(official.expertise),
      try sealed(.home, 7, official.home),
      try sealed(.phone, 8, official.phone?.text), try sealed(.idNumber, 9, official.idNumber),
      official.status,
    ]
  }

  private static func derived(
    of official: Official, _ vault: Vault
  ) throws -> [any SQLConvertible] {
    [
      try official.identity.map { try vault.blindIndex($0, .idNumber) },
      try official.phone.map { try vault.blindIndex($0.text, .phone) },
    ]
  }

  private static func item(
    _ id: OfficialID, _ official: Official, _ vault: Vault
  ) throws -> SearchItem {
    SearchItem(
      id: id.value, kind: .official, unit: official.unit, title: "",
      keyedTerms: try vault.keyedTerms(SearchEntry(name: official.name).terms))
  }
}

import Cryptography
import Domain

/// A field that is about somebody and is kept sealed.
package enum PersonalField: String, Sendable {
  case name, phone, mail
  case idNumber = "id_number"
  /// The home area.
  case home
  /// The secret of the second factor.
  case secondFactor = "second_factor"
  /// Address and device of somebody who signed in.
  case origin
  /// Where a webhook sends to, and what it signs with.
  case webhookAddress = "webhook_address"
  case webhookSecret = "webhook_secret"
}

/// The key of one person: what it sealed, in tables, in the ledger or in copies of either, can be
/// read as long as the key is there.
package struct PersonKey: Sendable {
  package let person: PersonID
  fileprivate let key: SealingKey
  fileprivate let origin: String

  /// - Returns: base64, for a text column or a payload.
  package func seal(_ text: String, _ field: PersonalField) -> String {
    Base64.encode(key.seal(Array(text.utf8), purpose: purpose(field)))
  }

  /// - Throws: `StorageError.unreadable` for what this key did not seal for this field.
  package func open(_ sealed: String, _ field: PersonalField) throws -> String {
    guard let box = Base64.decode(sealed),
      let text = try? key.open(box, purpose: purpose(field))
    else { throw StorageError.unreadable("\(field.rawValue) of person \(person.value)") }
    return String(decoding: text, as: UTF8.self)
  }

  private func purpose(_ field: PersonalField) -> String {
    "\(origin) person/\(person.value) \(field.rawValue)"
  }
}

extension Vault {
  /// Makes a person's key.
  /// - Throws: `KeyRing.Fault`, `StorageError`
  package func createPerson(at now: Instant, in connection: any Connection) throws -> PersonKey {
    try createPersons(1, at: now, in: connection)[0]
  }

  /// Makes the keys of as many persons.
  /// - Throws: `KeyRing.Fault`, `StorageError`
  package func createPersons(
    _ count: Int, at now: Instant, in connection: any Connection
  ) throws -> [PersonKey] {
    // The one that the database names, which cannot be rotated away meanwhile.
    let masterID = try connection.row(
      "select master_key_id from instance" + connection.dialect.lockingShared
    ) { try $0.text(0) }!
    let master = try ring.key(masterID)
    let keys = (0..<count).map { _ in
      PersonKey(
        person: PersonID(Identifiers.shared.next(now)), key: .random(suite), origin: origin)
    }
    try connection.insert(
      into: "person_keys", ["person_id", "master_key_id", "wrapped", "created_at"],
      keys.map { [$0.person, master.id, wrapped($0.key.bytes, of: $0.person, with: master), now] })
    return keys
  }

  /// - Returns: nil where the person's key was destroyed.
  /// - Throws: `KeyRing.Fault`, `StorageError`
  package func key(of person: PersonID, in connection: any Connection) throws -> PersonKey? {
    try connection.row(
      "select master_key_id, wrapped from person_keys where person_id = ?1 and wrapped is not null",
      [person]
    ) { try key(of: person, masterID: $0.text(0), wrapped: $0.bytes(1)) }
  }

  /// A person's key from a joined row of `person_keys`.
  /// - Throws: `KeyRing.Fault`, `StorageError`
  func key(of person: PersonID, masterID: String, wrapped: [UInt8]) throws -> PersonKey {
    let master = try ring.key(masterID)
    guard
      let bytes = try? master.sealing(suite).open(wrapped, purpose: wrapping(person)),
      let key = SealingKey(bytes, suite)
    else { throw StorageError.unreadable("key of person \(person.value)") }
    return PersonKey(person: person, key: key, origin: origin)
  }

  /// Finds equal values without showing them: the same text gives the same bytes, and only here.
  /// - Throws: `KeyRing.Fault.none` without the master key.
  package func blindIndex(_ text: String, _ field: PersonalField) throws -> [UInt8] {
    suite.authenticationCode(
      Array("\(field.rawValue)\0\(text)".utf8), key: try presentSecrets().index
    ).bytes
  }

  /// Words of a person's name for the index of names: equal words give equal terms, and nobody can read
  /// them.
  /// - Throws: `KeyRing.Fault.none` without the master key.
  func keyedTerms(_ terms: [String]) throws -> [String] {
    let key = try presentSecrets().index
    return terms.map { term in
      let code = suite.authenticationCode(Array("term\0\(term)".utf8), key: key)
      return "p" + Hexadecimal.encode(Array(code.bytes.prefix(10)))
    }
  }

  /// Destroys a person's key. What it sealed cannot be read any more, wherever it lies.
  /// - Returns: false where that was done before.
  package func erase(
    _ person: PersonID, at now: Instant, in connection: any Connection
  ) throws -> Bool {
    try connection.run(
      """
      update person_keys
      set wrapped = null, master_key_id = null, erased_at = ?2
      where person_id = ?1 and wrapped is not null
      """, [person, now]) == 1
  }

  private func wrapped(_ key: [UInt8], of person: PersonID, with master: MasterKey) -> [UInt8] {
    master.sealing(suite).seal(key, purpose: wrapping(person))
  }

  private func wrapping(_ person: PersonID) -> String { "\(origin) key of person/\(person.value)" }

  // MARK: Rotation

  /// Wraps a batch of keys with the current master key instead of older ones, the secrets of the
  /// instance with the first batch.
  /// - Returns: how many were wrapped anew; 0 when nothing is left to do.
  /// - Throws: `KeyRing.Fault`, `StorageError`
  package func rewrap(limit: Int, in connection: any Connection) throws -> Int {
    let master = try ring.current()
    var count = 0
    if try connection.row(
      "select 1 from instance where master_key_id <> ?1", [master.id], { _ in true }) != nil
    {
      try connection.run(
        "update instance set master_key_id = ?1, secrets = ?2",
        [master.id, try sealedSecrets(master)])
      count = 1
    }
    // Rides person_keys_master from both ends.
    let old = try connection.rows(
      """
      select person_id, master_key_id, wrapped
      from person_keys
      where master_key_id < ?1 or master_key_id > ?1
      limit ?2
      """, [master.id, limit]
    ) { (PersonID(try $0.int(0)), try $0.text(1), try $0.bytes(2)) }
    for (person, masterID, box) in old {
      let key = try key(of: person, masterID: masterID, wrapped: box)
      try connection.run(
        // Not where the person was erased meanwhile.
        """
        update person_keys set master_key_id = ?2, wrapped = ?3
        where person_id = ?1 and wrapped is not null
        """,
        [person, master.id, wrapped(key.key.bytes, of: person, with: master)])
    }
    return count + old.count
  }
}

import Cryptography
import Domain
import Foundation
import Ledger
import Synchronization

/// What a database is called, and its secrets: the key that signs its ledger, the key of its blind
/// indexes and the keys of persons, all wrapped by a master key that lies elsewhere.
package struct Vault: Sendable {
  /// `lianbang/` and the database's own id: the origin of its checkpoints.
  package let origin: String
  package let suite: CipherSuite
  /// The public keys of the ledger's signatures, Ed25519 first.
  package let verifierKeys: [VerifierKey]
  /// Nil where the master key is not at hand: then the ledger can be checked, but nothing signed and
  /// nothing personal read.
  let secrets: Secrets?
  let ring: KeyRing

  /// What is sealed in the row of the instance.
  struct Secrets: Sendable {
    /// 32 bytes each.
    let signing: [UInt8]
    let index: [UInt8]
  }

  package var hasKey: Bool { secrets != nil }

  /// The master key that new things are wrapped with, by this process.
  /// - Throws: `KeyRing.Fault.none`
  package func currentKeyID() throws -> String { try ring.current().id }

  /// The last root that this process recorded or built on.
  let lastSeen = RememberedHead()
  /// The last root whose signature this process looked at.
  private let lastChecked = RememberedHead()

  /// Whether a root carries its signed checkpoint. A signature is looked at once, not for everybody who
  /// asks.
  package func isCheckpoint(_ head: TreeHead) -> Bool {
    if lastChecked.value == head { return true }
    guard let note = head.note,
      let checkpoint = SignedNote(parsing: note)?.checkpoint(signedBy: verifierKeys),
      checkpoint.size == head.size, checkpoint.root.bytes == head.root
    else { return false }
    lastChecked.remember(head)
    return true
  }

  package enum Fault: Error, Sendable, Equatable {
    /// Made with other algorithms than were asked for.
    case otherSuite(CipherSuite)
    /// The public keys in the database are not those of its secrets: somebody changed one of them.
    case foreignKeys
    /// The database was never prepared by `serve` or `migrate`.
    case noInstance
    /// The row with the database's name and secrets was taken out of one that had it.
    case instanceMissing
  }

  // MARK: Opening

  /// The vault of a database, made where there is none.
  /// - Parameter asked: the algorithms of a new database; nil takes SHA-256, or what there is.
  /// - Throws: `Fault`, `KeyRing.Fault`, `SealingKey.Fault`, `StorageError`
  package static func establish(
    on database: any Database, _ ring: KeyRing, suite asked: CipherSuite?, now: Instant
  ) async throws -> Vault {
    let vault = try await database.write(exclusively: .rotatingKeys) { connection in
      if let known = try load(ring, needsKey: true, in: connection) { return known }
      let traces = try connection.row(
        """
        select 1 from person_keys
        union all select 1 from ledger_heads where note is not null limit 1
        """
      ) { _ in true }
      if traces != nil { throw Fault.instanceMissing }
      // Entries from before there was a choice are hashed with SHA-256.
      let isEmpty = try connection.row("select 1 from ledger limit 1") { _ in true } == nil
      let vault = try make(ring, isEmpty ? asked ?? .international : .international)
      try vault.insert(at: now, in: connection)
      try Sequencer.signFirstHead(vault.signers(), in: connection)
      return vault
    }
    if let asked, asked != vault.suite { throw Fault.otherSuite(vault.suite) }
    database.use(vault.suite)
    return vault
  }

  /// The vault of a database, with or without its master key.
  /// - Throws: `Fault.noInstance`, `KeyRing.Fault.unknown` for a wrong key, `StorageError`
  package static func open(on database: any Database, _ ring: KeyRing) async throws -> Vault {
    guard
      let vault = try await database.read({ try load(ring, needsKey: false, in: $0) })
    else { throw Fault.noInstance }
    database.use(vault.suite)
    return vault
  }

  package static func exists(on database: any Database) async throws -> Bool {
    try await database.read { try $0.row("select 1 from instance") { _ in true } ?? false }
  }

  private static func load(
    _ ring: KeyRing, needsKey: Bool, in connection: any Connection
  ) throws -> Vault? {
    guard
      let row = try connection.row(
        "select name, suite, master_key_id, secrets, verifier_keys from instance", [],
        {
          (
            name: try $0.text(0), suite: try $0.present(CipherSuite(rawValue: $0.text(1)), 1),
            key: try $0.text(2), secrets: try $0.bytes(3), public: try $0.text(4)
          )
        })
    else { return nil }
    let keys = try row.public.split(separator: "\n").map { line in
      guard let key = VerifierKey(String(line)) else {
        throw StorageError.unreadable("verifier key of the instance")
      }
      return key
    }
    if keys.isEmpty { throw StorageError.unreadable("verifier keys of the instance") }
    let master: MasterKey
    do {
      master = try ring.key(row.key)
    } catch KeyRing.Fault.none where !needsKey {
      return Vault(
        origin: row.name, suite: row.suite, verifierKeys: keys, secrets: nil, ring: ring)
    }
    let opened = try master.sealing(row.suite).open(row.secrets, purpose: row.name)
    guard opened.count == 64 else { throw StorageError.unreadable("secrets of the instance") }
    let vault = Vault(
      origin: row.name, suite: row.suite, verifierKeys: keys,
      secrets: Secrets(signing: Array(opened.prefix(32)), index: Array(opened.suffix(32))),
      ring: ring)
    guard try vault.signers().map(\.verifier) == keys else { throw Fault.foreignKeys }
    return vault
  }

  private static func make(_ ring: KeyRing, _ suite: CipherSuite) throws -> Vault {
    let origin = "lianbang/" + Hexadecimal.encode(randomBytes(8))
    let secrets = Secrets(signing: randomBytes(32), index: randomBytes(32))
    let signers = try Vault(
      origin: origin, suite: suite, verifierKeys: [], secrets: secrets, ring: ring
    ).signers()
    return Vault(
      origin: origin, suite: suite, verifierKeys: signers.map(\.verifier), secrets: secrets,
      ring: ring)
  }

  private func insert(at now: Instant, in connection: any Connection) throws {
    let master = try ring.current()
    try connection.run(
      """
      insert into instance (id, name, suite, master_key_id, secrets, verifier_keys, created_at)
      values (1, ?1, ?2, ?3, ?4, ?5, ?6)
      """,
      [
        origin, suite, master.id, try sealedSecrets(master),
        verifierKeys.map { "\($0)\n" }.joined(), now,
      ])
  }

  func sealedSecrets(_ master: MasterKey) throws -> [UInt8] {
    let secrets = try presentSecrets()
    return master.sealing(suite).seal(secrets.signing + secrets.index, purpose: origin)
  }

  /// - Throws: `KeyRing.Fault.none` without the master key.
  func presentSecrets() throws -> Secrets {
    guard let secrets else { throw KeyRing.Fault.none }
    return secrets
  }

  // MARK: Signing

  /// The keys that sign checkpoints. The SM2 key follows from the same secret.
  /// - Throws: `KeyRing.Fault.none` without the master key.
  package func signers() throws -> [NoteSigner] {
    let secret = try presentSecrets().signing
    var signers = [NoteSigner.ed25519(name: origin, SigningKey(seed: secret)!)]
    if suite == .national {
      let scalar = suite.authenticationCode(Array("lianbang SM2".utf8), key: secret).bytes
      // Out of range once in 2^32 times: such an instance is simply made again.
      guard let key = SM2Key(scalar: scalar) else { throw StorageError.contention }
      signers.append(.sm2(name: origin, key))
    }
    return signers
  }
}

/// The largest root this process knows of. One that was there must stay there: a running server
/// notices when the ledger is exchanged for another, even one without any root.
final class RememberedHead: Sendable {
  private let head = Mutex<TreeHead?>(nil)

  func remember(_ seen: TreeHead) {
    head.withLock { head in
      if seen.size >= (head?.size ?? 0) { head = seen }
    }
  }

  var value: TreeHead? { head.withLock { $0 } }
}

extension CipherSuite: SQLConvertible {}

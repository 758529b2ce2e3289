import Synchronization

/// A key from outside the database that wraps all keys within it.
package struct MasterKey: Sendable {
  private let bytes: [UInt8]

  package init?(_ bytes: [UInt8]) {
    guard bytes.count == 32 else { return nil }
    self.bytes = bytes
  }

  package static func random() -> MasterKey { MasterKey(randomBytes(32))! }

  /// Base64, as it stands in a file or the environment.
  package init?(text: String) {
    guard let bytes = Base64.decode(text) else { return nil }
    self.init(bytes)
  }

  package var text: String { Base64.encode(bytes) }

  /// Names the key without telling it: 16 hexadecimal digits.
  package var id: String {
    let code = CipherSuite.international.authenticationCode(Array("lianbang id".utf8), key: bytes)
    return Hexadecimal.encode(code.bytes.prefix(8))
  }

  package func sealing(_ suite: CipherSuite) -> SealingKey { SealingKey(bytes, suite)! }
}

/// The master keys at hand: the current one first, then older ones that are still being replaced.
package final class KeyRing: Sendable {
  package enum Fault: Error, Sendable, Equatable {
    /// No key was given.
    case none
    /// What is there was sealed with this one, which is not among those given.
    case unknown(id: String)
  }

  private let keys: Mutex<[MasterKey]>
  private let reload: @Sendable () throws -> [MasterKey]

  /// - Parameter reload: gives the keys anew when one is missing: another server may have rotated
  ///   them.
  package init(
    _ keys: [MasterKey], reload: @escaping @Sendable () throws -> [MasterKey] = { [] }
  ) {
    self.keys = Mutex(keys)
    self.reload = reload
  }

  /// The key that new things are sealed with.
  /// - Throws: `Fault.none`
  package func current() throws -> MasterKey {
    guard let key = keys.withLock(\.first) else { throw Fault.none }
    return key
  }

  /// - Throws: `Fault`, or what reading the keys anew throws.
  package func key(_ id: String) throws -> MasterKey {
    if let key = find(id) { return key }
    let fresh = try reload()
    if !fresh.isEmpty { keys.withLock { $0 = fresh } }
    if let key = find(id) { return key }
    throw keys.withLock(\.isEmpty) ? Fault.none : Fault.unknown(id: id)
  }

  private func find(_ id: String) -> MasterKey? {
    keys.withLock { keys in keys.first { $0.id == id } }
  }
}

import Cryptography

/// Files of the instance that lie outside of its database. Each is sealed with a key of its own, which
/// stands before it under the instance's key: when the file is gone its key is too.
extension Vault {
  /// Names the form, so that another can follow.
  private static let mark = Array("lianbang file 1\n".utf8)

  /// - Parameter name: what the file is called; a file that was moved to another name does not open.
  /// - Throws: `KeyRing.Fault.none` without the master key.
  package func sealFile(_ content: [UInt8], name: String) throws -> [UInt8] {
    let key = SealingKey.random(suite)
    let wrapped = try fileKey().seal(key.bytes, purpose: purpose(name) + " key")
    return Self.mark + [UInt8(wrapped.count)] + wrapped
      + key.seal(content, purpose: purpose(name))
  }

  /// - Returns: nil for what was not sealed here for this name, or was changed since.
  /// - Throws: `KeyRing.Fault.none` without the master key.
  package func openFile(_ file: [UInt8], name: String) throws -> [UInt8]? {
    let key = try fileKey()
    let head = Self.mark.count + 1
    guard file.starts(with: Self.mark), file.count > head else { return nil }
    let start = head + Int(file[head - 1])
    guard start <= file.count,
      let bytes = try? key.open(Array(file[head..<start]), purpose: purpose(name) + " key"),
      let own = SealingKey(bytes, suite)
    else { return nil }
    return try? own.open(Array(file[start...]), purpose: purpose(name))
  }

  /// Follows from a secret of the instance, so that it outlives a rotation of the master key.
  private func fileKey() throws -> SealingKey {
    let code = suite.authenticationCode(
      Array("lianbang files".utf8), key: try presentSecrets().index)
    return SealingKey(code.bytes, suite)!
  }

  private func purpose(_ name: String) -> String { "\(origin) file/\(name)" }
}

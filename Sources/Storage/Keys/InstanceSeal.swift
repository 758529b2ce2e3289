import Cryptography
import Domain

/// What is nobody's own but the instance's secret all the same, such as the address of a group's robot.
extension Vault {
  /// - Parameter purpose: what it is for; sealed for another it does not open.
  /// - Returns: base64, for a text column.
  /// - Throws: `KeyRing.Fault.none` without the master key.
  package func seal(_ text: String, purpose: String) throws -> String {
    Base64.encode(try instanceKey().seal(Array(text.utf8), purpose: "\(origin) \(purpose)"))
  }

  /// - Throws: `StorageError.unreadable` for what was not sealed here for this purpose;
  ///   `KeyRing.Fault.none` without the master key.
  package func open(_ sealed: String, purpose: String) throws -> String {
    let key = try instanceKey()
    guard let box = Base64.decode(sealed),
      let text = try? key.open(box, purpose: "\(origin) \(purpose)")
    else { throw StorageError.unreadable(purpose) }
    return String(decoding: text, as: UTF8.self)
  }

  /// Follows from a secret of the instance, so that it outlives a rotation of the master key.
  private func instanceKey() throws -> SealingKey {
    let code = suite.authenticationCode(
      Array("lianbang settings".utf8), key: try presentSecrets().index)
    return SealingKey(code.bytes, suite)!
  }
}

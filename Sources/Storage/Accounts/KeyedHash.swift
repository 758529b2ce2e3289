import Cryptography

extension Vault {
  /// What a hash under the instance's own key is for.
  package enum KeyedUse: String, Sendable {
    /// Whose wrong passwords are counted: neither names nor addresses are stored.
    case attempt
    case recoveryCode = "recovery_code"
    /// Tells a device that has signed in before.
    case device
    /// The secret of a second factor that is being set up.
    case enrolment
  }

  /// Whoever has the database alone can neither recognise nor make it.
  /// - Throws: `KeyRing.Fault.none` without the master key.
  package func keyedHash(_ text: String, _ use: KeyedUse) throws -> [UInt8] {
    suite.authenticationCode(
      Array("accounts \(use.rawValue)\0\(text)".utf8), key: try presentSecrets().index
    ).bytes
  }
}

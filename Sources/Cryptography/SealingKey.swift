import CCrypto

/// A key of 32 bytes that seals texts: nobody without it can read or change them.
package struct SealingKey: Sendable {
  package enum Fault: Error {
    /// Sealed with another key, for another purpose, or changed since.
    case cannotOpen
  }

  package let bytes: [UInt8]
  private let suite: CipherSuite

  package init?(_ bytes: [UInt8], _ suite: CipherSuite) {
    guard bytes.count == 32 else { return nil }
    self.bytes = bytes
    self.suite = suite
  }

  package static func random(_ suite: CipherSuite) -> SealingKey {
    SealingKey(randomBytes(32), suite)!
  }

  /// - Parameter purpose: what the text is and whose; opening asks for the same, so that sealed
  ///   values cannot be exchanged for one another.
  /// - Returns: nonce, ciphertext and tag, one after the other.
  package func seal(_ text: [UInt8], purpose: String) -> [UInt8] {
    let nonce = randomBytes(nonceCount)
    switch suite {
    case .international:
      let (sealed, tag) = gcm(text, nonce, purpose, expected: nil)!
      return nonce + sealed + tag
    case .national:
      let sealed = sm4(text, nonce)
      return nonce + sealed + macSM3(nonce, sealed, purpose)
    }
  }

  /// - Throws: `Fault.cannotOpen`
  package func open(_ box: [UInt8], purpose: String) throws -> [UInt8] {
    guard box.count >= nonceCount + tagCount else { throw Fault.cannotOpen }
    let nonce = Array(box.prefix(nonceCount))
    let tag = Array(box.suffix(tagCount))
    let sealed = Array(box.dropFirst(nonceCount).dropLast(tagCount))
    switch suite {
    case .international:
      guard let (text, _) = gcm(sealed, nonce, purpose, expected: tag) else {
        throw Fault.cannotOpen
      }
      return text
    case .national:
      guard constantTimeEqual(tag, macSM3(nonce, sealed, purpose)) else { throw Fault.cannotOpen }
      return sm4(sealed, nonce)
    }
  }

  private var nonceCount: Int { suite == .international ? 12 : 16 }
  private var tagCount: Int { suite == .international ? 16 : 32 }

  /// AES-256-GCM (NIST SP 800-38D).
  /// - Parameter expected: the tag when opening; nil when sealing.
  /// - Returns: nil where the tag is not as expected.
  private func gcm(
    _ input: [UInt8], _ nonce: [UInt8], _ purpose: String, expected: [UInt8]?
  ) -> (output: [UInt8], tag: [UInt8])? {
    let context = EVP_CIPHER_CTX_new()
    defer { EVP_CIPHER_CTX_free(context) }
    let isSealing: Int32 = expected == nil ? 1 : 0
    precondition(EVP_CipherInit_ex(context, Self.aes, nil, bytes, nonce, isSealing) == 1)
    var count: Int32 = 0
    let purpose = Array(purpose.utf8)
    precondition(EVP_CipherUpdate(context, nil, &count, purpose, Int32(purpose.count)) == 1)
    var output = [UInt8](repeating: 0, count: input.count)
    if !input.isEmpty {
      precondition(EVP_CipherUpdate(context, &output, &count, input, Int32(input.count)) == 1)
    }
    var tag = expected ?? [UInt8](repeating: 0, count: 16)
    if expected != nil { EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, 16, &tag) }
    var nothing: UInt8 = 0
    guard EVP_CipherFinal_ex(context, &nothing, &count) == 1 else { return nil }
    if expected == nil { EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, 16, &tag) }
    return (output, tag)
  }

  private func sm4(_ input: [UInt8], _ nonce: [UInt8]) -> [UInt8] {
    sm4CounterMode(input, key: Array(derived("sm4").prefix(16)), nonce: nonce)
  }

  /// Encrypt, then authenticate. Each part's length goes before it, so that none can borrow from its
  /// neighbour.
  private func macSM3(_ nonce: [UInt8], _ sealed: [UInt8], _ purpose: String) -> [UInt8] {
    let purpose = Array(purpose.utf8)
    let length = withUnsafeBytes(of: UInt64(purpose.count).bigEndian) { Array($0) }
    return suite.authenticationCode(length + purpose + nonce + sealed, key: derived("mac")).bytes
  }

  /// A key of its own for each use, from this one.
  private func derived(_ use: String) -> [UInt8] {
    suite.authenticationCode(Array("lianbang \(use)".utf8), key: bytes).bytes
  }

  // Fetched once, immutable.
  nonisolated(unsafe) private static let aes = EVP_CIPHER_fetch(nil, "AES-256-GCM", nil)
}

/// SM4 (GB/T 32907) in counter mode, there and back; says nothing about changes on the way.
/// - Parameters:
///   - key: 16 bytes.
///   - nonce: 16 bytes, never twice with one key.
func sm4CounterMode(_ input: [UInt8], key: [UInt8], nonce: [UInt8]) -> [UInt8] {
  precondition(key.count == 16 && nonce.count == 16)
  if input.isEmpty { return [] }
  let context = EVP_CIPHER_CTX_new()
  defer { EVP_CIPHER_CTX_free(context) }
  precondition(EVP_CipherInit_ex(context, sm4Method, nil, key, nonce, 1) == 1)
  var output = [UInt8](repeating: 0, count: input.count)
  var count: Int32 = 0
  precondition(EVP_CipherUpdate(context, &output, &count, input, Int32(input.count)) == 1)
  return output
}

// Fetched once, immutable.
nonisolated(unsafe) private let sm4Method = EVP_CIPHER_fetch(nil, "SM4-CTR", nil)

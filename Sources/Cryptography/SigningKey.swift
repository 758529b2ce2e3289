import CCrypto

/// An Ed25519 key (RFC 8032).
package struct SigningKey: Sendable {
  private let seed: [UInt8]
  package let publicKey: PublicKey

  package init?(seed: [UInt8]) {
    guard seed.count == 32,
      let key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seed, seed.count)
    else { return nil }
    defer { EVP_PKEY_free(key) }
    var bytes = [UInt8](repeating: 0, count: 32)
    var count = bytes.count
    precondition(EVP_PKEY_get_raw_public_key(key, &bytes, &count) == 1)
    self.seed = seed
    publicKey = PublicKey(bytes)!
  }

  /// 64 bytes.
  package func sign(_ text: [UInt8]) -> [UInt8] {
    let key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seed, seed.count)
    let context = EVP_MD_CTX_new()
    defer {
      EVP_MD_CTX_free(context)
      EVP_PKEY_free(key)
    }
    var signature = [UInt8](repeating: 0, count: 64)
    var count = signature.count
    precondition(EVP_DigestSignInit(context, nil, nil, nil, key) == 1)
    precondition(EVP_DigestSign(context, &signature, &count, text, text.count) == 1)
    return signature
  }

  package struct PublicKey: Hashable, Sendable {
    /// 32 bytes.
    package let bytes: [UInt8]

    package init?(_ bytes: [UInt8]) {
      guard bytes.count == 32 else { return nil }
      self.bytes = bytes
    }

    package func verifies(_ signature: [UInt8], of text: [UInt8]) -> Bool {
      guard let key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, bytes, bytes.count)
      else { return false }
      let context = EVP_MD_CTX_new()
      defer {
        EVP_MD_CTX_free(context)
        EVP_PKEY_free(key)
      }
      return EVP_DigestVerifyInit(context, nil, nil, nil, key) == 1
        && EVP_DigestVerify(context, signature, signature.count, text, text.count) == 1
    }
  }
}

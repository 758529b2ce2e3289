import CCrypto

/// A SHA-256 digest: 32 bytes.
package struct Digest: Hashable, Sendable {
  package let bytes: [UInt8]

  package init?(bytes: [UInt8]) {
    guard bytes.count == 32 else { return nil }
    self.bytes = bytes
  }

  private init(trusted bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Lower-case hexadecimal, 64 characters.
  package var hex: String {
    var text = ""
    text.reserveCapacity(64)
    for byte in bytes {
      text.append(Digest.digits[Int(byte >> 4)])
      text.append(Digest.digits[Int(byte & 15)])
    }
    return text
  }

  private static let digits = Array("0123456789abcdef")

  /// SHA-256 (FIPS 180-4) over the parts joined.
  package static func sha256(_ parts: [UInt8]...) -> Digest {
    // A context per call: EVP contexts are not to be shared between threads. None of these calls
    // can fail but for want of memory.
    let context = EVP_MD_CTX_new()
    defer { EVP_MD_CTX_free(context) }
    precondition(EVP_DigestInit_ex(context, sha256Method, nil) == 1)
    for part in parts {
      precondition(EVP_DigestUpdate(context, part, part.count) == 1)
    }
    var digest = [UInt8](repeating: 0, count: 32)
    precondition(EVP_DigestFinal_ex(context, &digest, nil) == 1)
    return Digest(trusted: digest)
  }

  // Fetched once: an implicit fetch costs more than the hash. The object is immutable.
  nonisolated(unsafe) private static let sha256Method = EVP_MD_fetch(nil, "SHA256", nil)
}

import CCrypto

/// Bytes nobody can guess, from the cryptographic generator.
package func randomBytes(_ count: Int) -> [UInt8] {
  var bytes = [UInt8](repeating: 0, count: count)
  // Fails only where the system has no entropy at all: nothing secret may be made then.
  precondition(RAND_bytes(&bytes, Int32(count)) == 1, "no random bytes")
  return bytes
}

/// Whether two secrets are equal, in a time that does not depend on where they differ.
package func constantTimeEqual(_ a: [UInt8], _ b: [UInt8]) -> Bool {
  a.count == b.count && CRYPTO_memcmp(a, b, a.count) == 0
}

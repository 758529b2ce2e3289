import CCrypto

/// The algorithms a database was made with, for its whole life.
package enum CipherSuite: String, Sendable, CaseIterable {
  /// SHA-256, AES-256-GCM, Ed25519.
  case international = "sha256"
  /// 国密: SM3 (GB/T 32905), SM4 (GB/T 32907) with HMAC-SM3, and an SM2 signature (GB/T 32918)
  /// beside the Ed25519 one.
  case national = "sm3"

  var hashMethod: OpaquePointer? {
    switch self {
    case .international: Self.sha256
    case .national: Self.sm3
    }
  }

  // Fetched once: an implicit fetch costs more than a hash. The objects are immutable.
  nonisolated(unsafe) private static let sha256 = EVP_MD_fetch(nil, "SHA256", nil)
  nonisolated(unsafe) private static let sm3 = EVP_MD_fetch(nil, "SM3", nil)
}

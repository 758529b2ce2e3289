import CCrypto

/// A digest of 32 bytes, SHA-256 or SM3, kept in place: trees hold millions of them.
package struct Digest: Hashable, Sendable {
  private var words: SIMD4<UInt64>

  package static let count = 32

  package init?(bytes: some Collection<UInt8>) {
    guard bytes.count == Digest.count else { return nil }
    words = .zero
    withUnsafeMutableBytes(of: &words) { $0.copyBytes(from: bytes) }
  }

  package init?(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count == Digest.count, let start = bytes.baseAddress else { return nil }
    words = start.loadUnaligned(as: SIMD4<UInt64>.self)
  }

  /// Lets a function write the 32 bytes.
  fileprivate init(filledBy write: (UnsafeMutablePointer<UInt8>) -> Void) {
    words = .zero
    withUnsafeMutableBytes(of: &words) {
      write($0.baseAddress!.assumingMemoryBound(to: UInt8.self))
    }
  }

  package var bytes: [UInt8] { withUnsafeBytes { Array($0) } }

  package func withUnsafeBytes<T>(_ body: (UnsafeRawBufferPointer) throws -> T) rethrows -> T {
    try Swift.withUnsafeBytes(of: words, body)
  }

  /// Lower-case hexadecimal, 64 characters.
  package var hex: String { Hexadecimal.encode(bytes) }

  /// SHA-256 (FIPS 180-4) over the parts joined, whatever the database's own algorithms are: for
  /// what never leaves this program.
  package static func sha256(_ parts: [UInt8]...) -> Digest {
    CipherSuite.international.hash(parts)
  }
}

/// Hashes many short texts with one context: an EVP context costs more to make than to use. Not to
/// be shared between threads.
package final class Hasher {
  private let context: OpaquePointer
  private let method: OpaquePointer?

  package init(_ suite: CipherSuite) {
    context = EVP_MD_CTX_new()
    method = suite.hashMethod
  }

  deinit { EVP_MD_CTX_free(context) }

  /// The digest of one byte followed by two texts; `second` may be empty.
  package func hash(
    prefix: UInt8, _ first: UnsafeRawBufferPointer,
    _ second: UnsafeRawBufferPointer = .init(start: nil, count: 0)
  ) -> Digest {
    var prefix = prefix
    precondition(EVP_DigestInit_ex(context, method, nil) == 1)
    precondition(EVP_DigestUpdate(context, &prefix, 1) == 1)
    precondition(EVP_DigestUpdate(context, first.baseAddress, first.count) == 1)
    if !second.isEmpty {
      precondition(EVP_DigestUpdate(context, second.baseAddress, second.count) == 1)
    }
    return Digest { precondition(EVP_DigestFinal_ex(context, $0, nil) == 1) }
  }
}

extension CipherSuite {
  /// The suite's hash over the parts joined.
  package func hash(_ parts: [[UInt8]]) -> Digest {
    let digest = RunningDigest(self)
    for part in parts { part.withUnsafeBytes { digest.add($0) } }
    return digest.finish()
  }

  /// HMAC (RFC 2104) with the suite's hash.
  package func authenticationCode(_ text: [UInt8], key: [UInt8]) -> Digest {
    Digest { output in
      precondition(
        HMAC(hashMethod, key, Int32(key.count), text, text.count, output, nil) != nil)
    }
  }
}

/// A hash over a text that comes in pieces.
package final class RunningDigest {
  private let context: OpaquePointer

  package init(_ suite: CipherSuite) {
    // None of these calls can fail but for want of memory.
    context = EVP_MD_CTX_new()
    precondition(EVP_DigestInit_ex(context, suite.hashMethod, nil) == 1)
  }

  deinit { EVP_MD_CTX_free(context) }

  package func add(_ bytes: UnsafeRawBufferPointer) {
    precondition(EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1)
  }

  /// To be called once.
  package func finish() -> Digest {
    Digest { precondition(EVP_DigestFinal_ex(context, $0, nil) == 1) }
  }
}

import Cryptography

/// A key that signs notes.
package enum NoteSigner: Sendable {
  case ed25519(name: String, SigningKey)
  case sm2(name: String, SM2Key)

  package var verifier: VerifierKey {
    switch self {
    case .ed25519(let name, let key): .ed25519(name: name, key.publicKey)
    case .sm2(let name, let key): .sm2(name: name, key.publicKey)
    }
  }

  func sign(_ text: [UInt8]) -> [UInt8] {
    switch self {
    case .ed25519(_, let key): key.sign(text)
    case .sm2(_, let key): key.sign(text)
    }
  }
}

/// The public side, which everybody may have. Its text is C2SP's `name+hash+key`.
package enum VerifierKey: Hashable, Sendable, CustomStringConvertible {
  case ed25519(name: String, SigningKey.PublicKey)
  case sm2(name: String, SM2Key.PublicKey)

  /// C2SP reserves 0xff for algorithms without a number of their own, followed by a unique text.
  private static let sm2Algorithm = [0xff] + Array("lianbang SM2-with-SM3 ".utf8)

  /// - Returns: nil for what is no verifier key of a kind we know.
  package init?(_ text: String) {
    let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, !parts[0].isEmpty, let bytes = Base64.decode(String(parts[2])) else {
      return nil
    }
    let name = String(parts[0])
    if bytes.first == 1, let key = SigningKey.PublicKey(Array(bytes.dropFirst())) {
      self = .ed25519(name: name, key)
    } else if bytes.starts(with: Self.sm2Algorithm),
      let key = SM2Key.PublicKey(Array(bytes.dropFirst(Self.sm2Algorithm.count)))
    {
      self = .sm2(name: name, key)
    } else {
      return nil
    }
    guard Hexadecimal.encode(keyID) == parts[1] else { return nil }
  }

  package var description: String {
    "\(name)+\(Hexadecimal.encode(keyID))+\(Base64.encode(encoded))"
  }

  package var name: String {
    switch self {
    case .ed25519(let name, _), .sm2(let name, _): name
    }
  }

  /// SHA-256(name || 0x0A || algorithm || key)[:4], whatever the database's own hash is.
  var keyID: [UInt8] {
    Array(Digest.sha256(Array("\(name)\n".utf8), encoded).bytes.prefix(4))
  }

  private var encoded: [UInt8] {
    switch self {
    case .ed25519(_, let key): [1] + key.bytes
    case .sm2(_, let key): Self.sm2Algorithm + key.bytes
    }
  }

  func verifies(_ signature: [UInt8], of text: [UInt8]) -> Bool {
    switch self {
    case .ed25519(_, let key): key.verifies(signature, of: text)
    case .sm2(_, let key): key.verifies(signature, of: text)
    }
  }
}

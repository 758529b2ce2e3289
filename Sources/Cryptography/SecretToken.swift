/// A secret handed to somebody once: a session cookie, a one-time link. Only its hash is stored.
package struct SecretToken: Sendable {
  /// 43 characters of base64url: 256 bits.
  package let text: String

  package static func random() -> SecretToken {
    SecretToken(text: base64URL(randomBytes(32)))
  }

  /// A token somebody presents.
  package init(text: String) {
    self.text = text
  }

  /// What is stored and looked up. A plain hash is enough for 256 random bits.
  package var hash: Digest { .sha256(Array("lianbang token".utf8), Array(text.utf8)) }

  /// A second secret bound to this one: the CSRF token of a session's forms.
  package var formToken: String {
    base64URL(Digest.sha256(Array("lianbang form".utf8), Array(text.utf8)).bytes)
  }
}

private func base64URL(_ bytes: [UInt8]) -> String {
  let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
  var text = ""
  var (buffer, bits): (UInt32, Int) = (0, 0)
  for byte in bytes {
    buffer = buffer << 8 | UInt32(byte)
    bits += 8
    while bits >= 6 {
      bits -= 6
      text.append(alphabet[Int(buffer >> UInt32(bits) & 63)])
    }
  }
  if bits > 0 { text.append(alphabet[Int(buffer << UInt32(6 - bits) & 63)]) }
  return text
}

/// A secret handed to somebody once: a session cookie, a one-time link. Only its hash is stored.
package struct SecretToken: Sendable {
  /// 43 characters of base64url: 256 bits; before them a prefix where it has one.
  package let text: String

  /// - Parameter prefix: what its text begins with, by which it is recognised.
  package static func random(prefix: String = "") -> SecretToken {
    SecretToken(text: prefix + Base64.encodeURL(randomBytes(32)))
  }

  /// A token somebody presents.
  package init(text: String) {
    self.text = text
  }

  /// What is stored and looked up. A plain hash is enough for 256 random bits.
  package var hash: Digest { .sha256(Array("lianbang token".utf8), Array(text.utf8)) }

  /// A second secret bound to this one: the CSRF token of a session's forms.
  package var formToken: String {
    Base64.encodeURL(Digest.sha256(Array("lianbang form".utf8), Array(text.utf8)).bytes)
  }
}

import Cryptography
import Domain

/// What a webhook signs with: 32 random bytes, written as the Standard Webhooks specification writes them.
package struct WebhookSecret: Hashable, Sendable {
  package let bytes: [UInt8]

  package static let prefix = "whsec_"

  package static func random() -> WebhookSecret { WebhookSecret(bytes: randomBytes(32)) }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  /// Reads `whsec_` and base64.
  package init?(_ text: String) {
    guard text.hasPrefix(Self.prefix),
      let bytes = Base64.decode(String(text.dropFirst(Self.prefix.count)))
    else { return nil }
    self.bytes = bytes
  }

  package var text: String { Self.prefix + Base64.encode(bytes) }

  /// `v1,` and the base64 of HMAC-SHA256 over id, time and body (Standard Webhooks 1.0).
  /// - Parameter seconds: since 1970.
  package func signature(id: String, seconds: Int64, body: [UInt8]) -> String {
    let signed = Array("\(id).\(seconds).".utf8) + body
    let code = CipherSuite.international.authenticationCode(signed, key: bytes)
    return "v1," + Base64.encode(code.bytes)
  }
}

extension WebhookRows {
  /// - Parameter key: of the account's owner.
  /// - Returns: nil where it was removed.
  package static func secrets(
    of id: WebhookID, _ key: PersonKey, in connection: any Connection
  ) throws -> Secrets? {
    try connection.row(
      """
      select address, secret, old_secret, old_until
      from webhook_runs
      where webhook_id = ?1 and secret is not null
      """, [id]
    ) { row in
      func secret(_ column: Int) throws -> WebhookSecret? {
        guard let sealed = try row.optionalText(column) else { return nil }
        return try row.present(WebhookSecret(key.open(sealed, .webhookSecret)), column)
      }
      let until = try row.optionalInstant(3)
      let old = try secret(2).flatMap { old in until.map { (secret: old, until: $0) } }
      return Secrets(
        address: try key.open(try row.text(0), .webhookAddress),
        secret: try row.present(secret(1), 1), old: old)
    }
  }

  package static func setAddress(
    _ address: String, of id: WebhookID, _ key: PersonKey, in connection: any Connection
  ) throws {
    try connection.run(
      "update webhook_runs set address = ?2 where webhook_id = ?1",
      [id, key.seal(address, .webhookAddress)])
  }

  /// Puts a new secret in use beside the one that was.
  /// - Parameter until: as long as the one that was signs as well.
  package static func rotate(
    to secret: WebhookSecret, of id: WebhookID, until: Instant, _ key: PersonKey,
    in connection: any Connection
  ) throws {
    try connection.run(
      """
      update webhook_runs
      set old_secret = secret, old_until = ?3, secret = ?2
      where webhook_id = ?1
      """, [id, key.seal(secret.text, .webhookSecret), until])
  }

  /// Takes away what a removed webhook had: secrets and deliveries.
  package static func clear(_ id: WebhookID, in connection: any Connection) throws {
    try connection.run(
      """
      update webhook_runs
      set address = null, secret = null, old_secret = null, old_until = null
      where webhook_id = ?1
      """, [id])
    try connection.run("delete from webhook_deliveries where webhook_id = ?1", [id])
  }
}

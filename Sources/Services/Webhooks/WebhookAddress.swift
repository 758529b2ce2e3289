import Cryptography
import Domain
import Outgoing

/// Where a webhook sends to. Where its host's name leads is judged each time a connection is made, not
/// here: names move.
struct WebhookAddress {
  let text: String
  /// `https://host:port`: what may be shown and written down; the rest may hold a key.
  let origin: String

  /// - Throws: `WebhookRefusal.addressInvalid`, `.addressNotHTTPS`, `.addressPrivate`
  init(_ text: String, _ rules: AddressRules) throws(WebhookRefusal) {
    guard let start = text.firstRange(of: "://"), !text.contains("#"),
      let address = try? OutgoingAddress(text)
    else { throw .addressInvalid }
    // Without TLS only to hosts that the operator named: others on the way would read along.
    guard address.isEncrypted || rules.allowsPrivate || rules.names(address.host) else {
      throw .addressNotHTTPS
    }
    if let number = IPAddress(address.host), !rules.permits(number, of: address.host) {
      throw .addressPrivate
    }
    let end = text[start.upperBound...].firstIndex { "/?".contains($0) } ?? text.endIndex
    (self.text, origin) = (text, text[..<end].lowercased())
  }

  var digest: String { Digest.sha256(Array(text.utf8)).hex }
}

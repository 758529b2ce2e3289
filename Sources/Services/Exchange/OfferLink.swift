import Cryptography
import Domain
import Storage

/// The first half of a link: a code that the other side's operator joins with, once, within a week.
package struct OfferLink: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package enum Fault: String, Error, Sendable, CaseIterable {
    /// A link's name is one line of text.
    case badName = "bad_name"
    /// A link that is not closed has this name.
    case nameTaken = "name_taken"
    /// An address begins with https:// or http:// and has no `#` in it.
    case badURL = "bad_url"
  }

  /// - Parameters:
  ///   - name: what the office here calls the other side.
  ///   - role: what this instance is in the link.
  ///   - url: where this instance is reached from there.
  /// - Returns: the code, which holds the address and a secret.
  /// - Throws: `Fault`, `StorageError`
  package func callAsFunction(
    _ name: String, role: LinkRole, url: String, by actor: Actor
  ) async throws -> String {
    let name = try OfferLink.checked(name)
    let code = LinkCode(url: try OfferLink.checkedURL(url), secret: .random())
    let now = platform.now()
    do {
      try await platform.database.write { connection in
        let link = try LinkHistory.begin(
          .offered(.init(name: name, role: role)), at: now, by: actor, in: connection)
        try LinkRows.setCode(
          code.secret, until: now + ExchangeLimits.codeSeconds, on: link.id, in: connection)
      }
    } catch StorageError.notUnique {
      throw Fault.nameTaken
    }
    return code.text
  }

  static func checked(_ name: String) throws(Fault) -> String {
    let name = name.singleLine.trimmed
    guard !name.isEmpty, name.unicodeScalars.count <= ExchangeLimits.name else { throw .badName }
    return name
  }

  /// Without the slash at its end.
  static func checkedURL(_ url: String) throws(Fault) -> String {
    guard url.hasPrefix("https://") || url.hasPrefix("http://"), url.utf8.count <= 500,
      url.utf8.allSatisfy({ $0 > 32 && $0 < 127 && $0 != UInt8(ascii: "#") })
    else { throw .badURL }
    return url.hasSuffix("/") ? String(url.dropLast()) : url
  }
}

/// What is handed over by a person to join two instances: `https://city.example#SECRET`.
package struct LinkCode: Sendable {
  let url: String
  let secret: SecretToken

  init(url: String, secret: SecretToken) { (self.url, self.secret) = (url, secret) }

  /// - Returns: nil for what is no code.
  package init?(_ text: String) {
    let parts = text.trimmed.split(separator: "#", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].utf8.count == 43,
      let url = try? OfferLink.checkedURL(String(parts[0]))
    else { return nil }
    self.init(url: url, secret: SecretToken(text: String(parts[1])))
  }

  package var text: String { "\(url)#\(secret.text)" }
}

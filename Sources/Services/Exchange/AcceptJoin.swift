import Cryptography
import Domain
import Foundation
import Ledger
import Storage

/// What two instances tell each other when they join.
struct JoinForm: Codable {
  var origin: String
  var suite: String
  var keys: [String]
  /// Where the sender is reached; only from the one that comes with the code.
  var url: String?
  /// What the sender of this wants to be presented.
  var token: String
  /// What the sender is in the link; only from the one that made the code.
  var role: LinkRole?

  init(_ vault: Vault, url: String?, token: SecretToken, role: LinkRole?) {
    (origin, suite) = (vault.origin, vault.suite.rawValue)
    keys = vault.verifierKeys.map(\.description)
    (self.url, self.token, self.role) = (url, token.text, role)
  }

  /// - Returns: nil where the keys are not those of the ledger that is named.
  func peer(at url: String) -> ExchangeLink.Peer? {
    let known = keys.compactMap { VerifierKey($0) }
    guard CipherSuite(rawValue: suite) != nil, !keys.isEmpty, keys.count <= 2,
      known.count == keys.count, known.allSatisfy({ $0.name == origin }),
      token.utf8.count == 43
    else { return nil }
    return .init(origin: origin, suite: suite, keys: keys, url: url)
  }
}

/// The other side comes with the code: keys are pinned and a token for each direction is exchanged. The
/// same request gets the same answer, for answers get lost.
package struct AcceptJoin: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Returns: the answer's body.
  /// - Throws: `ExchangeRefusal`, `StorageError`, `KeyRing.Fault.none` without the master key
  package func callAsFunction(_ code: SecretToken, _ body: [UInt8]) async throws -> [UInt8] {
    guard body.count <= ExchangeLimits.joinBytes, !body.contains(0),
      let form = try? JSONDecoder().decode(JoinForm.self, from: Data(body)),
      let url = form.url.flatMap({ try? OfferLink.checkedURL($0) }), let peer = form.peer(at: url)
    else { throw ExchangeRefusal.malformed }
    let (vault, now) = (platform.vault, platform.now())
    let own = try vault.linkToken(code: code)
    let role = try await platform.database.write { connection in
      guard let stored = try LinkRows.find(code: code, in: connection) else {
        throw ExchangeRefusal.unauthorised
      }
      if stored.link.state == .open {
        guard stored.link.peer == peer, try vault.linkToken(of: stored)?.text == form.token else {
          throw ExchangeRefusal.unauthorised
        }
        return stored.link.role
      }
      guard stored.link.state == .offered, let until = stored.codeUntil, now < until else {
        throw ExchangeRefusal.unauthorised
      }
      if try peer.origin == vault.origin
        || LinkRows.find(origin: peer.origin, in: connection) != nil
      {
        throw ExchangeRefusal.alreadyLinked
      }
      let link = stored.link
      try LinkHistory.record(
        .joined(.init(name: link.name, role: link.role, peer: peer)), on: link, at: now,
        by: .system, in: connection)
      try LinkRows.setTokens(
        incoming: own, sealed: try vault.sealLinkToken(.init(text: form.token), of: link.id),
        on: link.id, in: connection)
      return link.role
    }
    return Array(
      try JSONEncoder().encode(JoinForm(vault, url: nil, token: own, role: role)))
  }
}

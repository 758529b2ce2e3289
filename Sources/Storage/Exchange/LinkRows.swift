import Cryptography
import Domain

/// The table of links: what their streams say, and beside it tokens and how far each side is.
package enum LinkRows {
  /// Columns that follow from the link's stream.
  static let derived = [
    "version", "name", "role", "state", "peer_url", "peer_origin", "peer_suite", "peer_keys",
    "fault", "fault_at", "created_at",
  ]

  static func values(of link: ExchangeLink) -> [any SQLConvertible] {
    [
      link.version, link.name, link.role, link.state, link.peer?.url, link.peer?.origin,
      link.peer?.suite, link.peer?.keys.joined(separator: "\n"), link.fault, link.faultAt,
      link.createdAt,
    ]
  }

  /// A link and how far it is.
  package struct Stored: Sendable {
    package let link: ExchangeLink
    /// The last of our messages that the other side has.
    package let confirmed: Int
    /// The size of our last checkpoint that it has.
    package let confirmedSize: Int64
    package let confirmedAt: Instant?
    /// The last of its messages that we have.
    package let received: Int
    package let receivedAt: Instant?
    /// When the next try is due, and after how many that failed.
    package let nextAt: Instant
    package let failures: Int
    package let lastError: String?
    /// Until when a code that nobody came with may be used.
    package let codeUntil: Instant?
    /// What is presented to the other side.
    let tokenSealed: [UInt8]?
  }

  private static let select =
    "select id, \(derived.joined(separator: ", ")), confirmed, confirmed_size, confirmed_at, "
    + "received, received_at, next_at, failures, last_error, code_until, token_sealed "
    + "from exchange_links"

  private static func decode(_ row: any SQLRow) throws -> Stored {
    let (role, state) = (try row.value(3, LinkRole.self), try row.value(4, LinkState.self))
    var peer: ExchangeLink.Peer?
    if let origin = try row.optionalText(6) {
      peer = .init(
        origin: origin, suite: try row.text(7),
        keys: try row.text(8).split(separator: "\n").map(String.init), url: try row.text(5))
    }
    let link = ExchangeLink(
      id: LinkID(try row.int(0)), version: Int(try row.int(1)), name: try row.text(2), role: role,
      state: state, peer: peer, fault: try row.optionalValue(9, LinkFault.self),
      faultAt: try row.optionalInstant(10), createdAt: try row.instant(11))
    return Stored(
      link: link, confirmed: Int(try row.int(12)), confirmedSize: try row.int(13),
      confirmedAt: try row.optionalInstant(14), received: Int(try row.int(15)),
      receivedAt: try row.optionalInstant(16), nextAt: try row.instant(17),
      failures: Int(try row.int(18)), lastError: try row.optionalText(19),
      codeUntil: try row.optionalInstant(20), tokenSealed: try row.optionalBytes(21))
  }

  /// All links, the newest last; there are few.
  package static func all(in connection: any Connection) throws -> [Stored] {
    try connection.rows("\(select) order by id", [], decode)
  }

  package static func find(_ id: LinkID, in connection: any Connection) throws -> Stored? {
    try connection.row("\(select) where id = ?1", [id], decode)
  }

  /// The link of a name that is not closed; rides exchange_links_name.
  package static func find(name: String, in connection: any Connection) throws -> Stored? {
    try connection.row("\(select) where name = ?1 and state <> 'closed'", [name], decode)
  }

  /// The link whose other side presents this token; rides exchange_links_token.
  package static func find(
    token: SecretToken, in connection: any Connection
  ) throws -> Stored? {
    try connection.row("\(select) where token_hash = ?1", [token.hash], decode)
  }

  /// The link that a code was made for; rides exchange_links_code.
  package static func find(code: SecretToken, in connection: any Connection) throws -> Stored? {
    try connection.row("\(select) where code_hash = ?1", [code.hash], decode)
  }

  /// The link to another ledger that is not closed.
  package static func find(
    origin: String, in connection: any Connection
  ) throws -> Stored? {
    try connection.row("\(select) where peer_origin = ?1 and state <> 'closed'", [origin], decode)
  }

  package static func setCode(
    _ code: SecretToken, until: Instant, on id: LinkID, in connection: any Connection
  ) throws {
    try connection.run(
      "update exchange_links set code_hash = ?2, code_until = ?3 where id = ?1",
      [id, code.hash, until])
  }

  /// - Parameters:
  ///   - incoming: what the other side presents.
  ///   - sealed: what is presented to it.
  package static func setTokens(
    incoming: SecretToken, sealed: [UInt8], on id: LinkID, in connection: any Connection
  ) throws {
    try connection.run(
      "update exchange_links set token_hash = ?2, token_sealed = ?3 where id = ?1",
      [id, incoming.hash, sealed])
  }

  /// Forgets the tokens of a link that is over; the other side's is still known, so that it is told.
  package static func forgetToken(of id: LinkID, in connection: any Connection) throws {
    try connection.run(
      "update exchange_links set token_sealed = null, code_hash = null where id = ?1", [id])
  }

  /// Takes what the other side says it has; never less than was known.
  package static func confirm(
    _ sequence: Int, size: Int64, on id: LinkID, at now: Instant, in connection: any Connection
  ) throws {
    try connection.run(
      """
      update exchange_links
      set confirmed_at = case when confirmed < ?2 then ?4 else confirmed_at end,
        confirmed = case when confirmed < ?2 then ?2 else confirmed end,
        confirmed_size = case when confirmed_size < ?3 then ?3 else confirmed_size end,
        failures = 0, next_at = 0, last_error = null
      where id = ?1
      """, [id, sequence, size, now])
  }

  /// Takes a turn at sending; whoever finds it taken leaves it.
  /// - Returns: false where another server has it, or a wait after a failure is not over.
  package static func take(
    _ id: LinkID, now: Instant, until: Instant, in connection: any Connection
  ) throws -> Bool {
    try connection.run(
      "update exchange_links set next_at = ?3 where id = ?1 and next_at <= ?2", [id, now, until])
      == 1
  }

  /// Makes the next try wait, unless another was taken meanwhile: then the line holds.
  /// - Parameter before: the link as it was when the batch was made that failed.
  package static func fail(
    _ before: Stored, failures: Int, error: String, next: Instant, in connection: any Connection
  ) throws {
    try connection.run(
      """
      update exchange_links
      set failures = ?2, last_error = ?3, next_at = ?4
      where id = ?1 and confirmed = ?5 and confirmed_size = ?6
      """, [before.link.id, failures, error, next, before.confirmed, before.confirmedSize])
  }

  static func setReceived(
    _ sequence: Int, on id: LinkID, at now: Instant, in connection: any Connection
  ) throws {
    try connection.run(
      "update exchange_links set received = ?2, received_at = ?3 where id = ?1",
      [id, sequence, now])
  }
}

extension Vault {
  /// The token that a link's other side is to present: it follows from the code that joined them, so
  /// that an answer that was lost can be given again.
  /// - Throws: `KeyRing.Fault.none` without the master key.
  package func linkToken(code: SecretToken) throws -> SecretToken {
    let digest = suite.authenticationCode(
      Array("lianbang link\0\(code.text)".utf8), key: try presentSecrets().index)
    return SecretToken(text: Base64.encodeURL(digest.bytes))
  }

  /// Seals what is presented to a link's other side. The key outlives a rotation of the master key.
  package func sealLinkToken(_ token: SecretToken, of link: LinkID) throws -> [UInt8] {
    try linkKey().seal(Array(token.text.utf8), purpose: "\(origin) link/\(link.value)")
  }

  /// - Returns: nil where there is none, as of a link that is closed.
  package func linkToken(of stored: LinkRows.Stored) throws -> SecretToken? {
    guard let sealed = stored.tokenSealed else { return nil }
    let text = try linkKey().open(sealed, purpose: "\(origin) link/\(stored.link.id.value)")
    return SecretToken(text: String(decoding: text, as: UTF8.self))
  }

  private func linkKey() throws -> SealingKey {
    let code = suite.authenticationCode(
      Array("lianbang links".utf8), key: try presentSecrets().index)
    return SealingKey(code.bytes, suite)!
  }
}

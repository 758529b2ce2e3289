import Cryptography
import Domain

/// Webhooks: a register, and beside it what is sealed and how far each has read.
package enum WebhookRows {
  package static let register = Register(
    "webhooks", stream: "webhook",
    [
      .init("account_id", .id), .init("name"), .init("origin"), .init("address_digest"),
      .init("kinds"), .init("state"), .init("reason"), .init("secret_at", .int),
    ])

  package struct Stored: Sendable {
    package let id: WebhookID
    package let webhook: Webhook
    package let health: WebhookHealth
    package let lastSuccessAt: Instant?
    let row: Register.Row

    package var createdAt: Instant { Identifiers.instant(of: id.value) }
    package var version: Int { row.version }
  }

  /// What is sealed with the key of the account's owner.
  package struct Secrets: Sendable {
    package var address: String
    package var secret: WebhookSecret
    /// The one before, and until when it signs as well.
    package var old: (secret: WebhookSecret, until: Instant)?

    package init(
      address: String, secret: WebhookSecret, old: (secret: WebhookSecret, until: Instant)? = nil
    ) {
      (self.address, self.secret, self.old) = (address, secret, old)
    }
  }

  /// Adds a webhook that reads the ledger from its present end.
  package static func add(
    _ webhook: Webhook, _ secrets: Secrets, _ key: PersonKey, at now: Instant, by actor: Actor,
    in connection: any Connection
  ) throws -> WebhookID {
    let row = Register.Row(id: Identifiers.shared.next(now), values: values(of: webhook))
    try register.add([row], at: now, by: actor, in: connection)
    try connection.run(
      """
      insert into webhook_runs (webhook_id, address, secret, cursor, failures)
      values (?1, ?2, ?3, ?4, 0)
      """,
      [
        row.id, key.seal(secrets.address, .webhookAddress),
        key.seal(secrets.secret.text, .webhookSecret),
        try LedgerHeads.frontier(in: connection).size,
      ])
    return WebhookID(row.id)
  }

  /// - Parameter verb: what was done, as the ledger has it: `paused`, `switched_off` …
  /// - Throws: `LedgerRows.Conflict` where somebody else changed it first.
  package static func change(
    _ stored: Stored, to webhook: Webhook, verb: String, at now: Instant, by actor: Actor,
    in connection: any Connection
  ) throws {
    try register.change(
      stored.row, to: values(of: webhook), verb: verb, at: now, by: actor, in: connection)
  }

  /// Rides the primary key.
  package static func find(_ id: WebhookID, in connection: any Connection) throws -> Stored? {
    try connection.row("\(select) where w.id = ?1", [id], decode)
  }

  /// An account's, the oldest first; rides webhooks_account.
  package static func list(
    of account: AccountID, in connection: any Connection
  ) throws -> [Stored] {
    try connection.rows(
      """
      \(select)
      where w.account_id = ?1 and w.state <> 'removed'
      order by w.id
      """, [account], decode)
  }

  /// Everybody's, the newest first; walks the primary key.
  package static func page(
    before id: WebhookID?, limit: Int, in connection: any Connection
  ) throws -> Page<Stored, WebhookID> {
    try connection.page(
      """
      \(select)
      where w.state <> 'removed' and w.id < ?1
      order by w.id desc
      """, [id?.value ?? Int64.max], size: limit, key: \.id, decode)
  }

  private static let select = """
    select \(register.selection("w")), r.failures, r.failing_since, r.last_success_at
    from webhooks w
    join webhook_runs r on r.webhook_id = w.id
    """

  private static func decode(_ row: any SQLRow) throws -> Stored {
    Stored(
      id: WebhookID(try row.int(0)),
      webhook: Webhook(
        account: AccountID(try row.int(2)), name: try row.text(3), origin: try row.text(4),
        addressDigest: try row.text(5), kinds: try row.optionalText(6).map(kinds),
        state: try row.value(7, Webhook.State.self),
        reason: try row.optionalValue(8, Webhook.Reason.self), secretAt: try row.instant(9)),
      health: WebhookHealth(
        failures: Int(try row.int(10)), failingSince: try row.optionalInstant(11)),
      lastSuccessAt: try row.optionalInstant(12), row: try register.row(row))
  }

  static func kinds(_ text: String) -> [String] {
    text.split(separator: ",").map { String($0) }
  }

  private static func values(of webhook: Webhook) -> [any SQLConvertible] {
    [
      webhook.account, webhook.name, webhook.origin, webhook.addressDigest,
      webhook.kinds.map { $0.sorted().joined(separator: ",") }, webhook.state, webhook.reason,
      webhook.secretAt,
    ]
  }
}

extension WebhookID: SQLConvertible { package var sql: SQLValue { .int(value) } }
extension Webhook.State: SQLConvertible {}
extension Webhook.Reason: SQLConvertible {}

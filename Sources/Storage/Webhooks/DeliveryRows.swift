import Domain

/// What is to be delivered to webhooks, and what came of it. What was said is not kept: it is made from the
/// ledger each time.
package enum DeliveryRows {
  /// Names a delivery.
  package struct ID: NumberedID {
    package let value: Int64
    package init(_ value: Int64) { self.value = value }

    package var createdAt: Instant { Identifiers.instant(of: value) }
  }

  /// Adds deliveries of entries that are due at once, in the order given.
  package static func add(
    _ entries: [(webhook: WebhookID, entry: Int64?)], at now: Instant,
    in connection: any Connection
  ) throws -> [ID] {
    let ids = entries.map { _ in Identifiers.shared.next(now) }
    try connection.insert(
      into: "webhook_deliveries", ["id", "webhook_id", "entry_id", "attempts", "next_at"],
      zip(ids, entries).map { [$0, $1.webhook, $1.entry, 0, now] })
    return ids.map { ID($0) }
  }

  /// A delivery whose time has come.
  package struct Due: Sendable {
    package let id: ID
    package let attempts: Int
    /// Nil for a test.
    package let entry: LedgerRows.Sequenced?
  }

  /// Those of a webhook that are due, in their order; rides webhook_deliveries_due.
  package static func due(
    for webhook: WebhookID, limit: Int, now: Instant, in connection: any Connection
  ) throws -> [Due] {
    let found = try connection.rows(
      """
      select id, attempts, entry_id
      from webhook_deliveries
      where webhook_id = ?1 and next_at <= ?2
      order by next_at, id
      limit ?3
      """, [webhook, now, limit]
    ) { (id: ID(try $0.int(0)), attempts: Int(try $0.int(1)), entry: try $0.optionalInt(2)) }
    let entries = try LedgerRows.sequenced(found.compactMap(\.entry), in: connection)
    return found.map { row in
      Due(id: row.id, attempts: row.attempts, entry: row.entry.flatMap { entries[$0] })
    }
  }

  /// Records an attempt.
  /// - Parameter next: when it is tried again; nil where it was delivered or is given up.
  package static func record(
    _ answer: WebhookAnswer, of id: ID, attempts: Int, next: Instant?, at now: Instant,
    in connection: any Connection
  ) throws {
    var (status, fault): (Int?, String?)
    switch answer.result {
    case .status(let code, _): status = code
    case .fault(let code): fault = code
    }
    try connection.run(
      """
      update webhook_deliveries
      set attempts = ?2, next_at = ?3, tried_at = ?4, status = ?5, fault = ?6, answer = ?7,
        milliseconds = ?8, delivered_at = ?9
      where id = ?1
      """,
      [
        id, attempts, next, now, status, fault, answer.excerpt, answer.milliseconds,
        answer.isDelivered ? now : Instant?.none,
      ])
  }

  /// Gives up what may not be told any more.
  package static func drop(
    _ ids: [ID], fault: String, at now: Instant, in connection: any Connection
  ) throws {
    for id in ids {
      try connection.run(
        "update webhook_deliveries set next_at = null, tried_at = ?2, fault = ?3 where id = ?1",
        [id, now, fault])
    }
  }

  /// Removes some that ended before an instant; rides webhook_deliveries_old.
  /// - Returns: how many.
  package static func remove(
    triedBefore instant: Instant, limit: Int, in connection: any Connection
  ) throws -> Int {
    try connection.run(
      """
      delete from webhook_deliveries
      where id in (
        select id
        from webhook_deliveries
        where next_at is null and tried_at < ?1
        order by tried_at
        limit ?2)
      """, [instant, limit])
  }
}

extension DeliveryRows.ID: SQLConvertible { package var sql: SQLValue { .int(value) } }

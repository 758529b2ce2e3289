import Domain

/// How far webhooks have read the ledger, and which of them a server is working for.
package enum WebhookQueue {
  /// A webhook that has not read to the end.
  package struct Reader: Sendable {
    package let id: WebhookID
    package let account: AccountID
    package let kinds: [String]?
    package let cursor: Int64
  }

  /// As many deliveries may wait for one webhook; beyond that the ledger keeps the rest.
  package static let backlog = 2000

  /// Active webhooks that have something to read, furthest behind first; several servers never get the
  /// same. There are few webhooks: the table is read.
  /// - Parameter size: of the tree.
  package static func readers(
    before size: Int64, limit: Int, in connection: any Connection
  ) throws -> [Reader] {
    try connection.rows(
      """
      select w.id, w.account_id, w.kinds, r.cursor
      from webhook_runs r
      join webhooks w on w.id = r.webhook_id
      where w.state = 'active' and r.cursor < ?1
        and (
          select count(*)
          from (
            select 1
            from webhook_deliveries d
            where d.webhook_id = r.webhook_id and d.next_at is not null
            limit \(backlog)) waiting) < \(backlog)
      order by r.cursor, w.id
      limit ?2\(connection.dialect.skippingLocked)
      """, [size, limit]
    ) { row in
      Reader(
        id: WebhookID(try row.int(0)), account: AccountID(try row.int(1)),
        kinds: try row.optionalText(2).map(WebhookRows.kinds), cursor: try row.int(3))
    }
  }

  /// Whether there is anything to read or to deliver: a look that costs no write transaction.
  package static func hasWork(now: Instant, in connection: any Connection) throws -> Bool {
    let size = try LedgerHeads.frontier(in: connection).size
    return try connection.row(
      """
      select 1
      from webhook_runs r
      join webhooks w on w.id = r.webhook_id
      where w.state = 'active'
        and (r.cursor < ?1 or exists (
          select 1
          from webhook_deliveries d
          where d.webhook_id = r.webhook_id and d.next_at <= ?2))
      limit 1
      """, [size, now]
    ) { _ in true } ?? false
  }

  package static func advance(
    _ ids: [WebhookID], to cursor: Int64, in connection: any Connection
  ) throws {
    for id in ids {
      try connection.run(
        "update webhook_runs set cursor = ?2 where webhook_id = ?1", [id, cursor])
    }
  }

  // MARK: Leases

  /// A webhook that this server works for until then.
  package struct Lease: Hashable, Sendable {
    package let webhook: WebhookID
    package let until: Instant
    package let health: WebhookHealth
  }

  /// How long a server has for a batch; another takes the webhook then.
  package static let leaseSeconds: Int64 = 60

  /// Leases webhooks with deliveries that are due, those first that were longest not worked for; several
  /// servers never get the same.
  package static func lease(
    _ count: Int, now: Instant, in connection: any Connection
  ) throws -> [Lease] {
    let until = now + leaseSeconds
    return try connection.rows(
      """
      update webhook_runs
      set leased_until = ?1
      from (
        select r.webhook_id as due_webhook
        from webhook_runs r
        join webhooks w on w.id = r.webhook_id
        where w.state = 'active' and (r.leased_until is null or r.leased_until <= ?2)
          and exists (
            select 1
            from webhook_deliveries d
            where d.webhook_id = r.webhook_id and d.next_at <= ?2)
        order by coalesce(r.leased_until, 0), r.webhook_id
        limit ?3\(connection.dialect.skippingLocked)
      ) due
      where webhook_id = due_webhook
      returning webhook_id, failures, failing_since
      """, [until, now, count]
    ) { row in
      Lease(
        webhook: WebhookID(try row.int(0)), until: until,
        health: WebhookHealth(
          failures: Int(try row.int(1)), failingSince: try row.optionalInstant(2)))
    }
  }

  /// Ends a lease, unless another server has taken the webhook over.
  package static func release(
    _ lease: Lease, at now: Instant, in connection: any Connection
  ) throws {
    try connection.run(
      "update webhook_runs set leased_until = ?3 where webhook_id = ?1 and leased_until = ?2",
      [lease.webhook, lease.until, now])
  }

  package static func setHealth(
    _ health: WebhookHealth, successAt: Instant?, of id: WebhookID, in connection: any Connection
  ) throws {
    try connection.run(
      """
      update webhook_runs
      set failures = ?2, failing_since = ?3, last_success_at = coalesce(?4, last_success_at)
      where webhook_id = ?1
      """, [id, health.failures, health.failingSince, successAt])
  }
}

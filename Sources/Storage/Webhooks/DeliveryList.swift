import Domain

/// The deliveries of a webhook as its owner sees them.
package enum DeliveryList {
  package enum State: String, Sendable, CaseIterable {
    case waiting, delivered
    /// Given up.
    case failed
  }

  package struct Line: Sendable {
    package let id: DeliveryRows.ID
    /// `problem.closed`; nil for a test.
    package let kind: String?
    /// `problem/17`
    package let stream: String?
    package let leafIndex: Int64?
    package let attempts: Int
    package let nextAt: Instant?
    package let triedAt: Instant?
    package let status: Int?
    package let fault: String?
    package let answer: String?
    package let milliseconds: Int64?
    package let deliveredAt: Instant?

    package var state: State {
      if deliveredAt != nil { return .delivered }
      return nextAt == nil ? .failed : .waiting
    }

    package var createdAt: Instant { id.createdAt }
  }

  /// The newest first; rides webhook_deliveries_list, webhook_deliveries_failed for those given up.
  package static func page(
    of webhook: WebhookID, _ state: State?, before id: DeliveryRows.ID?, limit: Int,
    in connection: any Connection
  ) throws -> Page<Line, DeliveryRows.ID> {
    let condition =
      switch state {
      case nil: ""
      case .waiting: " and d.next_at is not null"
      case .delivered: " and d.delivered_at is not null"
      case .failed: " and d.next_at is null and d.delivered_at is null"
      }
    return try connection.page(
      """
      select d.id, l.kind, l.stream, l.leaf_index, d.attempts, d.next_at, d.tried_at, d.status,
        d.fault, d.answer, d.milliseconds, d.delivered_at
      from webhook_deliveries d
      left join ledger l on l.id = d.entry_id
      where d.webhook_id = ?1 and d.id < ?2\(condition)
      order by d.id desc
      """, [webhook, id?.value ?? Int64.max], size: limit, key: \.id
    ) { row in
      Line(
        id: DeliveryRows.ID(try row.int(0)), kind: try row.optionalText(1),
        stream: try row.optionalText(2), leafIndex: try row.optionalInt(3),
        attempts: Int(try row.int(4)), nextAt: try row.optionalInstant(5),
        triedAt: try row.optionalInstant(6),
        status: try row.optionalInt(7).map { Int($0) }, fault: try row.optionalText(8),
        answer: try row.optionalText(9), milliseconds: try row.optionalInt(10),
        deliveredAt: try row.optionalInstant(11))
    }
  }

  /// How many wait and how many were given up, each up to a limit; rides webhook_deliveries_due and
  /// webhook_deliveries_failed.
  package static func counts(
    of webhook: WebhookID, limit: Int, in connection: any Connection
  ) throws -> (waiting: Int, failed: Int) {
    func count(_ condition: String) throws -> Int {
      let found = try connection.row(
        """
        select count(*)
        from (
          select 1
          from webhook_deliveries
          where webhook_id = ?1 and \(condition)
          limit ?2) as found
        """, [webhook, limit]
      ) { try $0.int(0) }
      return Int(found ?? 0)
    }
    return (
      try count("next_at is not null"), try count("next_at is null and delivered_at is null")
    )
  }

  /// Makes one due again, whatever came of it.
  /// - Returns: false where the webhook has no such delivery.
  package static func redeliver(
    _ id: DeliveryRows.ID, of webhook: WebhookID, at now: Instant, in connection: any Connection
  ) throws -> Bool {
    try connection.run(
      """
      update webhook_deliveries
      set next_at = ?3, attempts = 0, delivered_at = null
      where id = ?1 and webhook_id = ?2
      """, [id, webhook, now]) == 1
  }

  /// Makes all that were given up due again; rides webhook_deliveries_failed.
  /// - Returns: how many.
  package static func redeliverFailed(
    of webhook: WebhookID, at now: Instant, in connection: any Connection
  ) throws -> Int {
    try connection.run(
      """
      update webhook_deliveries
      set next_at = ?2, attempts = 0
      where webhook_id = ?1 and next_at is null and delivered_at is null
      """, [webhook, now])
  }

  /// Drops what waits: its owner wants to go on from now.
  package static func forget(
    waitingFor webhook: WebhookID, in connection: any Connection
  ) throws {
    try connection.run(
      "delete from webhook_deliveries where webhook_id = ?1 and next_at is not null", [webhook])
  }
}

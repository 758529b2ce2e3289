import Domain

/// One notice as the inbox lists it.
package struct NoticeLine: Hashable, Sendable {
  package let id: Int64
  package let kind: Notice.Kind
  package let subject: Notice.Subject
  package let order: OrderID?
  package let at: Instant
  package let visible: Instant
  package let bundle: String
  package let isRead: Bool
  /// Of a problem.
  package let number: Int64?
  package let title: String
  package let concerns: String
}

/// An account's notices, unread ones first, each the latest first.
package enum NoticeList {
  /// The place of a line in the list.
  package struct Key: Hashable, Sendable {
    package let isRead: Bool
    package let visible: Instant
    package let id: Int64

    package init(isRead: Bool, visible: Instant, id: Int64) {
      (self.isRead, self.visible, self.id) = (isRead, visible, id)
    }
  }

  /// Rides notices_unread, then notices_read.
  package static func page(
    of account: AccountID, after key: Key?, limit: Int, now: Instant,
    in connection: any Connection
  ) throws -> Page<NoticeLine, Key> {
    var lines: [NoticeLine] = []
    if key?.isRead != true {
      lines = try part(false, of: account, after: key, limit: limit + 1, now, connection)
    }
    if lines.count <= limit {
      let after = key.flatMap { $0.isRead ? $0 : nil }
      lines += try part(
        true, of: account, after: after, limit: limit + 1 - lines.count, now, connection)
    }
    guard lines.count > limit else { return Page(items: lines, next: nil) }
    lines.removeLast()
    lines = wholeDays(lines)
    return Page(items: lines, next: lines.last.map(NoticeList.key))
  }

  /// A day is not torn apart, so that its bundles count right; only one that fills a page by itself is.
  private static func wholeDays(_ lines: [NoticeLine]) -> [NoticeLine] {
    guard let last = lines.last else { return lines }
    let whole = lines.prefix { $0.isRead != last.isRead || $0.visible.day != last.visible.day }
    return whole.isEmpty ? lines : Array(whole)
  }

  private static func key(_ line: NoticeLine) -> Key {
    Key(isRead: line.isRead, visible: line.visible, id: line.id)
  }

  private static func part(
    _ isRead: Bool, of account: AccountID, after key: Key?, limit: Int, _ now: Instant,
    _ connection: any Connection
  ) throws -> [NoticeLine] {
    let from = key.map { ($0.visible, $0.id) } ?? (now, .max)
    return try connection.rows(
      """
      select n.id, n.kind, n.problem_id, n.order_id, n.at, n.visible_at, n.bundle, p.number,
        coalesce(p.title, e.name, u.name, w.name, ''), coalesce(p.concerns, ''), n.enterprise_id,
        n.unit_id, n.webhook_id
      from notices n
      left join problems p on p.id = n.problem_id
      left join enterprises e on e.id = n.enterprise_id
      left join units u on u.id = n.unit_id
      left join webhooks w on w.id = n.webhook_id
      where n.account_id = ?1 and n.read_at is \(isRead ? "not null" : "null")
        and (n.visible_at, n.id) < (?2, ?3)
      order by n.visible_at desc, n.id desc
      limit ?4
      """, [account, from.0, from.1, limit]
    ) { row in
      NoticeLine(
        id: try row.int(0), kind: try row.value(1, Notice.Kind.self),
        subject: try subject(row), order: try row.optionalInt(3).map { OrderID($0) },
        at: try row.instant(4), visible: try row.instant(5), bundle: try row.text(6),
        isRead: isRead, number: try row.optionalInt(7), title: try row.text(8),
        concerns: try row.text(9))
    }
  }

  private static func subject(_ row: any SQLRow) throws -> Notice.Subject {
    if let problem = try row.optionalInt(2) { return .problem(ProblemID(problem)) }
    if let enterprise = try row.optionalInt(10) { return .enterprise(EnterpriseID(enterprise)) }
    if let webhook = try row.optionalInt(12) { return .webhook(WebhookID(webhook)) }
    return .unit(try row.unitID(11))
  }
}

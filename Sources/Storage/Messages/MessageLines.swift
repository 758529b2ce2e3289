import Domain

/// The ways to recipients, each leased to one server at a time.
package enum MessageLines {
  package struct Line: Hashable, Sendable {
    package let channel: MessageChannel
    package let recipient: Int64
    /// In a row that failed.
    package let tries: Int
    package let failingSince: Instant?
    /// Of a robot: `RobotPace`.
    package let freeAt: Instant?
  }

  /// The fault of one that is to be left alone for a while.
  package static let tooOften = "too_often"

  /// Seconds a server has for what it leased; another takes it then.
  package static let leaseSeconds: Int64 = 120

  /// Leases those to whom something is due, the longest waiting first; several servers never get the same.
  /// Rides message_outbox_due and the primary key of message_lines.
  /// - Parameter trials: whether for trials alone.
  package static func lease(
    _ count: Int, trials: Bool, now: Instant, in connection: any Connection
  ) throws -> [Line] {
    let due = try connection.rows(
      """
      select o.channel, o.recipient_id
      from message_outbox o
      left join message_lines l on l.channel = o.channel and l.recipient_id = o.recipient_id
      left join message_lines c on c.channel = o.channel and c.recipient_id = 0
      where o.state = 'waiting' and o.due_at <= ?1
        and coalesce(l.not_before, 0) <= ?1 and coalesce(l.leased_until, 0) <= ?1
        and (coalesce(c.not_before, 0) <= ?1 or o.kind = '\(MessageRows.trial)')
        \(trials ? "and o.kind = '\(MessageRows.trial)'" : "")
      group by o.channel, o.recipient_id
      order by min(o.due_at), o.recipient_id
      limit ?2
      """, [now, count]
    ) { (try $0.value(0, MessageChannel.self), try $0.int(1)) }
    return try due.compactMap { channel, recipient in
      // Of two servers that found the same one the second finds it leased.
      try connection.row(
        """
        insert into message_lines (channel, recipient_id, leased_until, tries)
        values (?1, ?2, ?3, 0)
        on conflict (channel, recipient_id) do update
        set leased_until = excluded.leased_until
        where coalesce(message_lines.leased_until, 0) <= ?4
          and coalesce(message_lines.not_before, 0) <= ?4
        returning tries, failing_since, free_at
        """, [channel, recipient, now + leaseSeconds, now]
      ) { row in
        Line(
          channel: channel, recipient: recipient, tries: Int(try row.int(0)),
          failingSince: try row.optionalInstant(1), freeAt: try row.optionalInstant(2))
      }
    }
  }

  /// Notes that a robot speaks, before it does.
  package static func take(
    _ line: Line, freeAt: Instant, in connection: any Connection
  ) throws {
    try connection.run(
      "update message_lines set free_at = ?3 where channel = ?1 and recipient_id = ?2",
      [line.channel, line.recipient, freeAt])
  }

  /// Gives a line back.
  /// - Parameters:
  ///   - until: before which nothing goes to it.
  ///   - fault: nil where all was well.
  package static func release(
    _ line: Line, until: Instant?, tries: Int, failingSince: Instant?, fault: String?,
    in connection: any Connection
  ) throws {
    let integer = connection.dialect == .sqlite ? "integer" : "bigint"
    try connection.run(
      """
      update message_lines
      set leased_until = null, not_before = cast(?3 as \(integer)), tries = ?4,
        failing_since = cast(?5 as \(integer)), fault = ?6
      where channel = ?1 and recipient_id = ?2
      """, [line.channel, line.recipient, until, tries, failingSince, fault])
  }

  /// Closes a whole channel: its server does not answer anybody.
  package static func close(
    _ channel: MessageChannel, until: Instant, tries: Int, since: Instant, fault: String,
    in connection: any Connection
  ) throws {
    try connection.run(
      """
      insert into message_lines (channel, recipient_id, not_before, tries, failing_since, fault)
      values (?1, 0, ?2, ?3, ?4, ?5)
      on conflict (channel, recipient_id) do update
      set not_before = excluded.not_before, tries = excluded.tries,
        failing_since = excluded.failing_since, fault = excluded.fault
      """, [channel, until, tries, since, fault])
  }

  /// What is wrong with a whole channel.
  package struct Trouble: Hashable, Sendable {
    package let channel: MessageChannel
    package let tries: Int
    package let since: Instant
    package let until: Instant
    package let fault: String
  }

  package static func troubles(in connection: any Connection) throws -> [Trouble] {
    try connection.rows(
      """
      select channel, tries, failing_since, not_before, fault
      from message_lines
      where recipient_id = 0 and fault is not null
      order by channel
      """
    ) { row in
      Trouble(
        channel: try row.value(0, MessageChannel.self), tries: Int(try row.int(1)),
        since: try row.instant(2), until: try row.instant(3), fault: try row.text(4))
    }
  }

  package static func reopen(
    _ channel: MessageChannel, in connection: any Connection
  ) throws {
    try connection.run(
      "delete from message_lines where channel = ?1 and recipient_id = 0", [channel])
  }

  /// Forgets what was wrong with the way to a recipient. That it spoke too often is no fault of it: its server would
  /// refuse it again.
  package static func clear(
    _ channel: MessageChannel, _ recipient: Int64, in connection: any Connection
  ) throws {
    try connection.run(
      """
      update message_lines
      set not_before = null, tries = 0, failing_since = null, fault = null
      where channel = ?1 and recipient_id = ?2 and coalesce(fault, '') <> '\(tooOften)'
      """, [channel, recipient])
  }

  /// What is wrong with the way to a recipient; nil where nothing is.
  package static func fault(
    _ channel: MessageChannel, _ recipient: Int64, in connection: any Connection
  ) throws -> String? {
    try connection.row(
      "select fault from message_lines where channel = ?1 and recipient_id = ?2",
      [channel, recipient]
    ) { try $0.optionalText(0) } ?? nil
  }
}

import Domain

/// The outbox as an office sees it: what waits and what was given up, and why; not what it says.
package enum MessageList {
  package struct Line: Sendable {
    package let id: MessageID
    package let channel: MessageChannel
    /// Nil for a trial.
    package let kind: Notice.Kind?
    /// Of a robot; nobody is told who has chosen which way.
    package let robot: String?
    package let number: Int64?
    package let due: Instant
    package let state: MessageState
    package let attempts: Int
    package let fault: String?
    package let settled: Instant?
  }

  /// What is shown of the outbox.
  package enum Part: String, Sendable, CaseIterable {
    case waiting, failed, sent
  }

  /// The newest first; rides message_outbox_due for what waits, message_outbox_failed for what was given up and
  /// the primary key for what was sent.
  /// - Parameter unit: the county whose office asks: it sees its own robots' lines; nil sees all.
  package static func page(
    _ part: Part, of unit: UnitID?, before id: MessageID?, limit: Int,
    in connection: any Connection
  ) throws -> Page<Line, MessageID> {
    try connection.page(
      """
      select o.id, o.channel, o.kind, r.name, p.number, o.due_at, o.state, o.attempts, o.fault,
        o.settled_at
      from message_outbox o
      left join message_robots r on o.channel = 'robot' and r.id = o.recipient_id
      left join problems p on p.id = o.problem_id
      where o.state = '\(part.rawValue)' and o.id < ?1 and (?2 = 0 or r.unit_id = ?2)
      order by o.id desc
      """, [id?.value ?? Int64.max, unit?.value ?? 0], size: limit, key: \.id
    ) { row in
      Line(
        id: MessageID(try row.int(0)), channel: try row.value(1, MessageChannel.self),
        kind: try MessageRows.kind(row.text(2)), robot: try row.optionalText(3),
        number: try row.optionalInt(4), due: try row.instant(5),
        state: try row.value(6, MessageState.self), attempts: Int(try row.int(7)),
        fault: try row.optionalText(8), settled: try row.optionalInstant(9))
    }
  }

  /// How many wait and how many were given up, by channel.
  package static func counts(
    in connection: any Connection
  ) throws -> [(channel: MessageChannel, state: MessageState, count: Int)] {
    try connection.rows(
      """
      select channel, state, count(*)
      from message_outbox
      where state in ('waiting', 'failed')
      group by channel, state
      order by channel, state
      """
    ) { row in
      (
        try row.value(0, MessageChannel.self), try row.value(1, MessageState.self),
        Int(try row.int(2))
      )
    }
  }
}

import Domain

/// The outbox: what is to be told outside of the application, written in the transaction of what it tells of.
package enum MessageRows {
  /// Lets the accounts of an audience that were just told know by the ways they have chosen.
  /// - Parameters:
  ///   - condition: on `accounts a`, with the notice's id and kind as its first arguments.
  static func add(
    _ new: NoticeRows.New, toAccounts condition: String, _ arguments: [any SQLConvertible],
    in connection: any Connection
  ) throws {
    let told = try connection.rows(
      """
      select c.account_id, c.channel, n.visible_at
      from accounts a
      join message_choices c on c.account_id = a.id and c.kind = ?2
      join notices n on n.account_id = a.id and n.id = ?1
      where \(condition)
      """, arguments
    ) {
      (
        account: try $0.int(0), channel: try $0.value(1, MessageChannel.self),
        due: try $0.instant(2)
      )
    }
    for line in told {
      try add(new, line.channel, line.account, due: line.due, in: connection)
    }
  }

  /// Lets the groups know whose robots were set up for the kind, where their office is the city's or one above
  /// the place. Rides the primary key of message_robot_kinds.
  /// - Parameter chain: the place and the units above it; asked for only where there is a robot.
  package static func addForRobots(
    _ new: NoticeRows.New, chain: () throws -> [UnitID], in connection: any Connection
  ) throws {
    let robots = try connection.rows(
      """
      select r.id, r.unit_id
      from message_robot_kinds k
      join message_robots r on r.id = k.robot_id
      where k.kind = ?1 and r.state = 'active'
      """, [new.kind]
    ) { (id: try $0.int(0), unit: try $0.optionalInt(1).map { UnitID($0) }) }
    if robots.isEmpty { return }
    let above = try chain()
    for robot in robots where robot.unit.map(above.contains) ?? true {
      try add(new, .robot, robot.id, due: new.visible[.on] ?? new.at, in: connection)
    }
  }

  private static func add(
    _ new: NoticeRows.New, _ channel: MessageChannel, _ recipient: Int64, due: Instant,
    in connection: any Connection
  ) throws {
    try connection.run(
      """
      insert into message_outbox (
        id, channel, recipient_id, notice_id, kind, problem_id, due_at, state, attempts)
      values (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'waiting', 0)
      on conflict (recipient_id, channel, notice_id) do nothing
      """,
      [
        Identifiers.shared.next(new.at), channel, recipient, new.id, new.kind, new.subject.problem,
        due,
      ])
  }

  /// The kind of a trial, by which somebody looks whether a channel works.
  static let trial = "trial"

  /// Adds a trial, which goes at once.
  package static func addTrial(
    _ channel: MessageChannel, to recipient: MessageRecipient, now: Instant,
    in connection: any Connection
  ) throws {
    let id = Identifiers.shared.next(now)
    try connection.run(
      """
      insert into message_outbox (
        id, channel, recipient_id, notice_id, kind, due_at, state, attempts)
      values (?1, ?2, ?3, ?1, '\(trial)', ?4, 'waiting', 0)
      """, [id, channel, recipient.id, now])
    try MessageLines.clear(channel, recipient.id, in: connection)
  }

  /// One that waits, with what may be said of it.
  package struct Waiting: Sendable {
    package let id: MessageID
    package let item: MessageItem
    /// When it failed first; nil where it was not tried yet.
    package let failingSince: Instant?
  }

  /// How many one message gathers at most; more go with the next.
  static let most = 500

  /// What a recipient is to be told now, in the order in which it happened; rides message_outbox_line. What an
  /// account has read meanwhile, or may not see any more, is dropped first.
  /// - Parameter trials: whether these alone.
  package static func due(
    _ channel: MessageChannel, _ recipient: Int64, trials: Bool, now: Instant,
    in connection: any Connection
  ) throws -> [Waiting] {
    if channel != .robot {
      try connection.run(
        """
        update message_outbox
        set state = 'dropped', settled_at = ?3
        where recipient_id = ?1 and channel = ?2 and state = 'waiting' and due_at <= ?3
          and kind <> '\(trial)'
          and not exists (
            select 1
            from notices n
            where n.account_id = ?1 and n.id = message_outbox.notice_id and n.read_at is null)
        """, [recipient, channel, now])
    }
    return try connection.rows(
      """
      select o.id, o.kind, p.number, u.name, o.failing_since
      from message_outbox o
      left join problems p on p.id = o.problem_id
      left join units u on u.id = p.unit_id
      where o.recipient_id = ?1 and o.channel = ?2 and o.state = 'waiting' and o.due_at <= ?3
        \(trials ? "and o.kind = '\(trial)'" : "")
      order by o.id
      limit ?4
      """, [recipient, channel, now, most]
    ) { row in
      Waiting(
        id: MessageID(try row.int(0)),
        item: MessageItem(
          try kind(row.text(1)), number: try row.optionalInt(2),
          unit: try row.optionalText(3)),
        failingSince: try row.optionalInstant(4))
    }
  }

  /// Nil for a trial.
  static func kind(_ text: String) throws -> Notice.Kind? {
    if text == trial { return nil }
    guard let kind = Notice.Kind(rawValue: text) else {
      throw StorageError.unreadable("kind of message \(text)")
    }
    return kind
  }

  /// Notes what came of a try; the first that failed begins the time after which it is given up.
  package static func settle(
    _ ids: [MessageID], as state: MessageState, fault: String?, now: Instant,
    in connection: any Connection
  ) throws {
    if ids.isEmpty { return }
    let integer = connection.dialect == .sqlite ? "integer" : "bigint"
    try connection.run(
      """
      update message_outbox
      set state = ?2, attempts = attempts + 1, fault = ?3, settled_at = cast(?4 as \(integer)),
        failing_since = case when cast(?3 as text) is null then null else coalesce(failing_since, ?5) end
      where \(connection.dialect.among("id", "?1")) and state = 'waiting'
      """,
      [
        connection.dialect.list(ids.map(\.value)), state, fault,
        state == .waiting ? Instant?.none : now, now,
      ])
  }

  /// What waits for a recipient goes nowhere any more.
  package static func drop(
    _ channel: MessageChannel, _ recipient: Int64, fault: String?, now: Instant,
    in connection: any Connection
  ) throws {
    try connection.run(
      """
      update message_outbox
      set state = ?4, fault = ?5, settled_at = ?3
      where recipient_id = ?1 and channel = ?2 and state = 'waiting'
      """, [recipient, channel, now, fault == nil ? MessageState.dropped : .failed, fault])
  }

  /// Lets one that was given up be tried again at once.
  /// - Returns: false where there is none such.
  package static func retry(
    _ id: MessageID, now: Instant, in connection: any Connection
  ) throws -> Bool {
    let line = try connection.row(
      """
      update message_outbox
      set state = 'waiting', due_at = ?2, failing_since = null, settled_at = null
      where id = ?1 and state = 'failed'
      returning channel, recipient_id
      """, [id, now]
    ) { (try $0.value(0, MessageChannel.self), try $0.int(1)) }
    guard let line else { return false }
    try MessageLines.clear(line.0, line.1, in: connection)
    try MessageLines.reopen(line.0, in: connection)
    return true
  }

  /// Removes some of what was settled before an instant; rides message_outbox_settled.
  /// - Returns: how many.
  package static func remove(
    settledBefore instant: Instant, limit: Int, in connection: any Connection
  ) throws -> Int {
    try connection.run(
      """
      delete from message_outbox
      where id in (
        select id
        from message_outbox
        where settled_at < ?1
        order by settled_at
        limit ?2)
      """, [instant, limit])
  }
}

/// What became of a line of the outbox.
package enum MessageState: String, Sendable, CaseIterable {
  case waiting, sent
  /// Given up.
  case failed
  /// It was read meanwhile, or is nobody's any more.
  case dropped
}

extension MessageState: SQLConvertible {}
extension MessageChannel: SQLConvertible {}
extension MessageID: SQLConvertible { package var sql: SQLValue { value.sql } }
extension RobotID: SQLConvertible { package var sql: SQLValue { value.sql } }

import Domain
import Ledger

/// Common-cause batches 批处理: many problems of one cause, one study, one answer.
package enum BatchRows {
  package struct Opened: Codable, Hashable, Sendable {
    package var track: Track
    package var title: String
    package var cause: String

    package init(track: Track, title: String, cause: String) {
      (self.track, self.title, self.cause) = (track, title, cause)
    }
  }
  package struct Answered: Codable, Hashable, Sendable {
    package var outcome: Outcome
    package var answer: String

    package init(outcome: Outcome, answer: String) {
      (self.outcome, self.answer) = (outcome, answer)
    }
  }
  private struct Nothing: Codable {}

  package struct Stored: Hashable, Sendable {
    package let id: BatchID
    package let version: Int
    package let opened: Opened
    package let answered: Answered?
    package let openedAt: Instant
    package let answeredAt: Instant?
    package let closedAt: Instant?
  }

  /// How many problems it has, and how many of them are struck off or otherwise ended.
  package struct Count: Hashable, Sendable {
    package let all: Int
    package let ended: Int

    package static let none = Count(all: 0, ended: 0)
  }

  package static func open(
    _ opened: Opened, at now: Instant, by actor: Actor, in connection: any Connection
  ) throws -> BatchID {
    let id = BatchID(Identifiers.shared.next(now))
    try append("opened", opened, to: id, version: 1, at: now, by: actor, in: connection)
    try connection.run(
      """
      insert into batches (id, version, track, title, cause, opened_at)
      values (?1, 1, ?2, ?3, ?4, ?5)
      """, [id, opened.track, opened.title, opened.cause, now])
    return id
  }

  package static func answer(
    _ batch: Stored, _ answered: Answered, at now: Instant, by actor: Actor,
    in connection: any Connection
  ) throws {
    try append(
      "answered", answered, to: batch.id, version: batch.version + 1, at: now, by: actor,
      in: connection)
    try connection.run(
      """
      update batches
      set version = ?2, outcome = ?3, answer = ?4, answered_at = ?5
      where id = ?1
      """, [batch.id, batch.version + 1, answered.outcome, answered.answer, now])
  }

  package static func close(
    _ batch: Stored, at now: Instant, by actor: Actor, in connection: any Connection
  ) throws {
    try append(
      "closed", Nothing(), to: batch.id, version: batch.version + 1, at: now, by: actor,
      in: connection)
    try connection.run(
      "update batches set version = ?2, closed_at = ?3 where id = ?1",
      [batch.id, batch.version + 1, now])
  }

  private static func append(
    _ kind: String, _ payload: some Encodable, to id: BatchID, version: Int, at now: Instant,
    by actor: Actor, in connection: any Connection
  ) throws {
    try LedgerRows.append(
      LedgerEntry(
        id: Identifiers.shared.next(now), stream: "batch/\(id)", version: version, at: now,
        actor: actor, kind: "batch.\(kind)", payload: try Payload.encode(payload)),
      to: connection)
  }

  package static func find(_ id: BatchID, in connection: any Connection) throws -> Stored? {
    try connection.row("\(select) where id = ?1", [id], decode)
  }

  /// The newest first; rides the primary key, or batches_open.
  /// - Parameter isOpen: nil for all.
  package static func page(
    isOpen: Bool?, before: BatchID?, limit: Int, in connection: any Connection
  ) throws -> Page<Stored, BatchID> {
    let narrowing = isOpen.map { "and closed_at is \($0 ? "" : "not ")null" } ?? ""
    return try connection.page(
      "\(select) where id < ?1 \(narrowing) order by id desc", [before?.value ?? .max],
      size: limit, key: \.id, decode)
  }

  /// Rides problems_batch.
  package static func counts(
    of batches: [BatchID], in connection: any Connection
  ) throws -> [BatchID: Count] {
    if batches.isEmpty { return [:] }
    let counts = try connection.rows(
      """
      select batch_id, count(*),
        sum(case when state in ('closed', 'declined', 'merged') then 1 else 0 end)
      from problems
      where batch_id in (\(places(batches.count)))
      group by batch_id
      """, batches
    ) { (BatchID(try $0.int(0)), Count(all: Int(try $0.int(1)), ended: Int(try $0.int(2)))) }
    return Dictionary(uniqueKeysWithValues: counts)
  }

  /// Its problems, the oldest first; rides problems_batch.
  package static func problems(
    of id: BatchID, in connection: any Connection
  ) throws -> [ProblemID] {
    try connection.rows("select id from problems where batch_id = ?1 order by id", [id]) {
      try $0.problemID(0)
    }
  }

  private static let select = """
    select id, version, track, title, cause, outcome, answer, opened_at, answered_at, closed_at
    from batches
    """

  private static func decode(_ row: any SQLRow) throws -> Stored {
    let outcome = try row.optionalValue(5, Outcome.self)
    return Stored(
      id: BatchID(try row.int(0)), version: Int(try row.int(1)),
      opened: Opened(
        track: try row.value(2, Track.self), title: try row.text(3), cause: try row.text(4)),
      answered: try outcome.map { Answered(outcome: $0, answer: try row.text(6)) },
      openedAt: try row.instant(7), answeredAt: try row.optionalInstant(8),
      closedAt: try row.optionalInstant(9))
  }

  /// The batches against their streams.
  package static func check(into replay: inout Replay, in connection: any Connection) throws {
    var rows: [Int64: [any SQLConvertible]] = [:]
    try LedgerRows.streams(of: "batch", in: connection) { entry in
      guard let id = Int64(entry.stream.dropFirst(6)) else {
        throw StorageError.unreadable("stream \(entry.stream)")
      }
      replay.entries += 1
      let nothing: String? = nil
      let never: Instant? = nil
      switch entry.kind {
      case "batch.opened":
        let opened = try Payload.decode(Opened.self, entry.payload)
        rows[id] = [
          id, 1, opened.track, opened.title, opened.cause, nothing, nothing, entry.at, never, never,
        ]
      case "batch.answered":
        let answered = try Payload.decode(Answered.self, entry.payload)
        rows[id]?[5] = answered.outcome
        rows[id]?[6] = answered.answer
        rows[id]?[8] = entry.at
      case "batch.closed": rows[id]?[9] = entry.at
      default: throw StorageError.unreadable("ledger kind \(entry.kind)")
      }
      rows[id]?[1] = entry.version
    }
    replay.streams += rows.count
    replay.differences += try RowCheck(
      table: "batches", key: ["id"],
      columns: [
        "version", "track", "title", "cause", "outcome", "answer", "opened_at", "answered_at",
        "closed_at",
      ]
    ).differences(Array(rows.values), where: "id > 0", [], in: connection)
  }
}

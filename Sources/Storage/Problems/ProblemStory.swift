import Cryptography
import Domain
import Ledger

/// A problem whose whole story is known before any of it is written: the same events, entries and rows as if
/// it had been written step by step. For scale sets; nobody is told and no papers are made.
package struct ProblemStory: Sendable {
  package private(set) var problem: Problem
  private var entries: [LedgerEntry]

  /// - Parameter number: its running number, which is to be drawn where it is written.
  package init(
    _ registered: ProblemEvent.Registered, at: Instant, by actor: Actor
  ) throws {
    let salt = registered.number << 4
    let id = ProblemID(Identifiers.at(at, salt: salt))
    problem = Problem(id: id, registered: registered, at: at, by: actor)
    entries = []
    try append(.registered(registered), at: at, by: actor)
  }

  /// Time never runs backwards.
  package mutating func record(
    _ events: [ProblemEvent], at: Instant, by actor: Actor
  ) throws {
    let at = max(at, entries[entries.count - 1].at)
    for event in events {
      problem.apply(event, at: at, by: actor)
      try append(event, at: at, by: actor)
    }
  }

  private mutating func append(_ event: ProblemEvent, at: Instant, by actor: Actor) throws {
    let salt = problem.registration.number << 4 + Int64(entries.count)
    entries.append(
      LedgerEntry(
        id: max(Identifiers.at(at, salt: salt), (entries.last?.id ?? 0) + 1),
        stream: ProblemHistory.streamName(problem.id), version: problem.version, at: at,
        actor: actor, kind: ProblemEventCodec.kind(of: event),
        payload: try ProblemEventCodec.payload(of: event)))
  }

  /// What is to be inserted for some stories, made where nobody waits for the database.
  package struct Rows: Sendable {
    fileprivate let ledger: [[SQLValue]]
    fileprivate let problems: [[SQLValue]]
    fileprivate let parts: [[[SQLValue]]]
    fileprivate let texts: [[SQLValue]]
    fileprivate let count: Int
    package var entries: Int { ledger.count }
  }

  package static func rows(
    _ stories: [ProblemStory], _ rules: ProblemRules, _ suite: CipherSuite
  ) -> Rows {
    let entries = stories.flatMap(\.entries).sorted { $0.id < $1.id }
    let problems = stories.map(\.problem)
    return Rows(
      ledger: entries.map { LedgerRows.values($0, suite) },
      problems: problems.map { ProblemTables.problems.rows($0, rules)[0] + [.null] },
      parts: ProblemTables.parts.map { table in problems.flatMap { table.rows($0, rules) } },
      texts: ProblemTexts.values(problems), count: stories.count)
  }

  /// - Throws: `StorageError`
  package static func write(_ rows: Rows, in connection: any Connection) throws {
    // The numbers its registrations carry.
    _ = try ProblemRows.nextNumbers(rows.count, in: connection)
    try connection.insert(into: "ledger", LedgerRows.columns, rows.ledger)
    let table = ProblemTables.problems
    try connection.insert(
      into: table.name, table.key + table.columns + ["import_key"], rows.problems)
    for (table, rows) in zip(ProblemTables.parts, rows.parts) where !rows.isEmpty {
      try connection.insert(into: table.name, table.key + table.columns, rows)
    }
    try ProblemTexts.insert(rows.texts, in: connection)
  }
}

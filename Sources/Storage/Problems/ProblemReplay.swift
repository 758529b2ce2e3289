import Domain
import Ledger

/// The problems' tables against their streams.
package enum ProblemReplay {
  /// Problems whose rows are fetched at once.
  private static let batch = 500

  /// - Throws: `StorageError.unreadable` for an event this program does not know.
  package static func check(
    into replay: inout Replay, in connection: any Connection
  ) throws {
    var histories: [ProblemHistory] = []
    var entries: [LedgerEntry] = []
    func finishStream() throws {
      if let history = try ProblemHistory(entries) { histories.append(history) }
      replay.streams += entries.isEmpty ? 0 : 1
      replay.entries += entries.count
      entries.removeAll(keepingCapacity: true)
    }
    func finishBatch() throws {
      replay.differences += try differences(histories.map(\.problem), in: connection)
      histories.removeAll(keepingCapacity: true)
    }
    try LedgerRows.streams(of: "problem", in: connection) { entry in
      if entry.stream != entries.last?.stream { try finishStream() }
      entries.append(entry)
      if histories.count == batch { try finishBatch() }
    }
    try finishStream()
    try finishBatch()
    // Rows that no event tells of; what hangs on a problem's row cannot be without it.
    replay.differences += try connection.rows(
      """
      select id
      from problems p
      where not exists (
        select 1 from ledger l where l.stream = 'problem/' || cast(p.id as text))
      """
    ) { row in
      let id = String(try row.int(0))
      return Difference(table: "problems", row: id, column: nil, expected: nil, found: id)
    }
  }

  private static func differences(
    _ problems: [Problem], in connection: any Connection
  ) throws -> [Difference] {
    if problems.isEmpty { return [] }
    let ids = problems.map(\.id)
    let places = places(ids.count)
    var found = try RowCheck(table: "problems", key: ["id"], columns: ProblemRows.columns)
      .differences(
        problems.map { [$0.id] + ProblemRows.values(of: $0) }, where: "id in (\(places))", ids,
        in: connection)
    found += try RowCheck(
      table: "problem_rounds", key: ["problem_id", "round"], columns: ProblemRows.roundColumns
    ).differences(
      problems.flatMap { problem in
        problem.rounds.map { [problem.id, $0.number] + ProblemRows.values(of: $0) }
      }, where: "problem_id in (\(places))", ids, in: connection)
    found += try RowCheck(
      table: "problem_milestones", key: ["problem_id", "round", "milestone"],
      columns: ProblemRows.milestoneColumns
    ).differences(
      problems.flatMap { problem in
        problem.rounds.flatMap { round in
          round.assignment.due.map {
            [problem.id, round.number, $0.milestone] + ProblemRows.values(of: $0, in: round)
          }
        }
      }, where: "problem_id in (\(places))", ids, in: connection)
    return found
  }
}

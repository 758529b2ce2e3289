import Domain
import Ledger

/// The problems' tables against their streams.
package enum ProblemReplay {
  /// Problems whose rows are fetched at once.
  private static let batch = 500

  /// - Throws: `StorageError.unreadable` for an event this program does not know.
  package static func check(
    into replay: inout Replay, _ rules: ProblemRules, in connection: any Connection
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
      replay.differences += try differences(histories.map(\.problem), rules, in: connection)
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
    _ problems: [Problem], _ rules: ProblemRules, in connection: any Connection
  ) throws -> [Difference] {
    if problems.isEmpty { return [] }
    let ids = problems.map(\.id)
    var found: [Difference] = []
    for table in [ProblemTables.problems] + ProblemTables.parts {
      found += try table.check.differences(
        problems.flatMap { table.rows($0, rules) },
        where: "\(table.key[0]) in (\(places(ids.count)))", ids, in: connection)
    }
    return found
  }
}

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
    var problems: [Problem] = []
    func finishBatch() throws {
      replay.differences += try differences(problems, rules, in: connection)
      problems.removeAll(keepingCapacity: true)
    }
    try LedgerRows.wholeStreams(of: "problem", in: connection) { entries in
      if let history = try ProblemHistory(entries) { problems.append(history.problem) }
      replay.streams += 1
      replay.entries += entries.count
      if problems.count == batch { try finishBatch() }
    }
    try finishBatch()
    // What hangs on a problem's row cannot be without it.
    replay.differences += try Difference.unknownRows(
      of: "problems", streams: "problem", in: connection)
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

import Cryptography
import Domain
import Ledger

/// The samples against their streams. What a look-back found is the problem's own event.
package enum LookBackReplay {
  /// - Throws: `StorageError.unreadable` for an event this program does not know.
  package static func check(into replay: inout Replay, in connection: any Connection) throws {
    var rows: [[any SQLConvertible]] = []
    var items: [[any SQLConvertible]] = []
    try LedgerRows.streams(of: "look_back", in: connection) { entry in
      guard let id = Int64(entry.stream.dropFirst("look_back/".count)),
        entry.kind == "look_back.drawn"
      else { throw StorageError.unreadable("ledger kind \(entry.kind)") }
      let drawn = try Payload.decode(LookBackDrawn.self, entry.payload)
      replay.streams += 1
      replay.entries += 1
      let lookBack = LookBack(
        id: LookBackID(id),
        scope: .init(from: drawn.from, to: drawn.to, track: drawn.track, unit: drawn.unit),
        share: drawn.share, root: Hexadecimal.decode(drawn.root) ?? [], size: drawn.size,
        population: drawn.population,
        populationDigest: Hexadecimal.decode(drawn.populationDigest) ?? [], drawnAt: entry.at,
        drawnBy: entry.actor)
      rows.append([lookBack.id] + LookBackRows.values(of: lookBack))
      for (index, number) in drawn.numbers.enumerated() { items.append([id, number, index + 1]) }
    }
    replay.differences += try RowCheck(
      table: "look_backs", key: ["id"], columns: LookBackRows.columns
    ).differences(rows, where: "id > 0", [], in: connection)
    replay.differences += try RowCheck(
      table: "look_back_items", key: ["look_back_id", "number"], columns: ["rank"]
    ).differences(items, where: "look_back_id > 0", [], in: connection)
    try checkResults(into: &replay, in: connection)
    // A number stands for one problem.
    replay.differences += try connection.rows(
      """
      select i.look_back_id, i.number
      from look_back_items i
      join problems p on p.id = i.problem_id
      where p.number <> i.number
      """
    ) { row in
      Difference(
        table: "look_back_items", row: "\(try row.int(0))/\(try row.int(1))", column: "problem_id",
        expected: nil, found: nil)
    }
  }

  /// What an item says was found is the problem's first look-back since the draw.
  private static func checkResults(
    into replay: inout Replay, in connection: any Connection
  ) throws {
    let items = try connection.rows(
      """
      select i.look_back_id, i.number, i.problem_id, i.passed, i.checked_at, b.drawn_at
      from look_back_items i
      join look_backs b on b.id = i.look_back_id
      """
    ) { row in
      (
        row: "\(try row.int(0))/\(try row.int(1))", problem: try row.problemID(2),
        passed: try row.optionalInt(3), at: try row.optionalInt(4), drawn: try row.instant(5)
      )
    }
    for item in items {
      let step = try ProblemHistory.load(item.problem, in: connection)?.steps.first { step in
        if case .lookedBack = step.event { step.at >= item.drawn } else { false }
      }
      var passed: Int64?
      if case .lookedBack(let look) = step?.event { passed = look.passed ? 1 : 0 }
      for (column, expected, found) in [
        ("passed", passed, item.passed), ("checked_at", step?.at.milliseconds, item.at),
      ] where expected != found {
        replay.differences.append(
          Difference(
            table: "look_back_items", row: item.row, column: column,
            expected: expected.map(String.init), found: found.map(String.init)))
      }
    }
  }
}

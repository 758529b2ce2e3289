import Cryptography
import Domain
import Ledger

/// Samples that were drawn, and the problems in them.
package enum LookBackRows {
  static let columns = [
    "from_day", "to_day", "track", "unit_id", "share", "root", "size", "population",
    "population_digest", "drawn_at", "drawn_by",
  ]
  static let itemColumns = ["number", "rank"]

  static func values(of lookBack: LookBack) -> [any SQLConvertible] {
    [
      lookBack.scope.from, lookBack.scope.to, lookBack.scope.track, lookBack.scope.unit,
      lookBack.share.description, lookBack.root, lookBack.size, lookBack.population,
      lookBack.populationDigest, lookBack.drawnAt, lookBack.drawnBy,
    ]
  }

  static func streamName(_ id: LookBackID) -> String { "look_back/\(id.value)" }

  /// Records a draw: its entry and its rows.
  /// - Parameter items: in the order of rank.
  /// - Throws: `StorageError.notUnique` where the period was drawn before in this scope.
  package static func insert(
    _ lookBack: LookBack, _ items: [LookBack.Item], in connection: any Connection
  ) throws {
    try connection.run(
      insertion(into: "look_backs", ["id"] + columns), [lookBack.id] + values(of: lookBack))
    try connection.insert(
      into: "look_back_items", ["look_back_id", "problem_id"] + itemColumns,
      items.map { [lookBack.id, $0.problem, $0.number, $0.rank] })
    let drawn = LookBackDrawn(
      lookBack, root: Hexadecimal.encode(lookBack.root),
      populationDigest: Hexadecimal.encode(lookBack.populationDigest),
      numbers: items.map(\.number))
    try LedgerRows.append(
      LedgerEntry(
        id: Identifiers.shared.next(lookBack.drawnAt), stream: streamName(lookBack.id), version: 1,
        at: lookBack.drawnAt, actor: lookBack.drawnBy, kind: "look_back.drawn",
        payload: try Payload.encode(drawn)),
      to: connection)
  }

  private static let selection = "id, " + columns.joined(separator: ", ")

  package static func find(_ id: LookBackID, in connection: any Connection) throws -> LookBack? {
    try connection.row("select \(selection) from look_backs where id = ?1", [id], decode)
  }

  /// Whether some of its days were drawn already for the same track and unit; the draws of years are
  /// few.
  package static func isDrawn(
    _ scope: LookBack.Scope, in connection: any Connection
  ) throws -> Bool {
    try connection.row(
      """
      select 1
      from look_backs
      where from_day <= ?2 and to_day >= ?1 and coalesce(track, '') = ?3
        and coalesce(unit_id, 0) = ?4
      """,
      [scope.from, scope.to, scope.track?.rawValue ?? "", scope.unit?.value ?? 0]
    ) { _ in true } ?? false
  }

  /// The newest first.
  package static func list(in connection: any Connection) throws -> [LookBack] {
    try connection.rows("select \(selection) from look_backs order by id desc", [], decode)
  }

  /// In the order of rank; rides the primary key.
  package static func items(
    of id: LookBackID, in connection: any Connection
  ) throws -> [LookBack.Item] {
    try connection.rows(
      """
      select problem_id, number, rank, passed, checked_at
      from look_back_items
      where look_back_id = ?1
      order by rank
      """, [id]
    ) { row in
      LookBack.Item(
        problem: try row.problemID(0), number: try row.int(1), rank: Int(try row.int(2)),
        passed: try row.optionalInt(3).map { $0 == 1 }, checkedAt: try row.optionalInstant(4))
    }
  }

  /// How far the samples are.
  package struct Progress: Hashable, Sendable {
    package let drawn: Int
    package let checked: Int
    package let failed: Int

    package static let none = Progress(drawn: 0, checked: 0, failed: 0)
  }

  /// Of every sample; the draws of years are few.
  package static func progress(
    in connection: any Connection
  ) throws -> [LookBackID: Progress] {
    let rows = try connection.rows(
      """
      select look_back_id, count(*), count(passed), sum(case when passed = 0 then 1 else 0 end)
      from look_back_items
      group by look_back_id
      """, []
    ) { row in
      (
        LookBackID(try row.int(0)),
        Progress(
          drawn: Int(try row.int(1)), checked: Int(try row.int(2)), failed: Int(try row.int(3)))
      )
    }
    return Dictionary(uniqueKeysWithValues: rows)
  }

  /// Whether a problem waits to be looked at; rides look_back_items_open.
  package static func isOpen(_ problem: ProblemID, in connection: any Connection) throws -> Bool {
    try connection.row(
      "select 1 from look_back_items where problem_id = ?1 and passed is null", [problem]
    ) { _ in true } ?? false
  }

  /// Notes what the look-back of a problem found, in every sample in which it waits; rides
  /// look_back_items_open.
  /// - Returns: false where it waits in none.
  @discardableResult
  package static func setResult(
    _ problem: ProblemID, passed: Bool, at now: Instant, in connection: any Connection
  ) throws -> Bool {
    try connection.run(
      """
      update look_back_items
      set passed = ?2, checked_at = ?3
      where problem_id = ?1 and passed is null
      """, [problem, passed, now]) > 0
  }

  private static func decode(_ row: any SQLRow) throws -> LookBack {
    let scope = LookBack.Scope(
      from: try row.day(1), to: try row.day(2), track: try row.optionalValue(3, Track.self),
      unit: try row.optionalUnitID(4))
    return LookBack(
      id: LookBackID(try row.int(0)), scope: scope,
      share: try row.present(LookBackShare(row.text(5)), 5), root: try row.bytes(6),
      size: try row.int(7), population: Int(try row.int(8)), populationDigest: try row.bytes(9),
      drawnAt: try row.instant(10), drawnBy: try row.actor(11))
  }
}

extension LookBackID: SQLConvertible { package var sql: SQLValue { .int(value) } }

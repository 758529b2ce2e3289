import Domain
import Language

/// A problem that was found by its words.
package struct FoundProblem: Hashable, Sendable {
  package let id: ProblemID
  package let number: Int64
  package let track: Track
  package let title: String
  package let concerns: String
  package let detail: String
  package let state: ProblemState
  package let category: String?
  package let unit: UnitID?
  package let unitName: String?
  package let outcome: Outcome?
  /// When its first round was assigned.
  package let assignedAt: Instant?
  /// When its last round was closed.
  package let closedAt: Instant?
  package let registeredAt: Instant
}

/// The index of what problems say; what a problem says never changes. FTS5 on one engine and a GIN index
/// on the other, with the terms of the search for names.
package enum ProblemTexts {
  static func insert(_ problems: [Problem], in connection: any Connection) throws {
    try insert(values(problems), in: connection)
  }

  /// The rows of the index.
  static func values(_ problems: [Problem]) -> [[SQLValue]] {
    problems.map { problem in
      let said = problem.registration
      let entry = ProblemText.entry(
        title: said.title, concerns: said.concerns, detail: said.detail)
      return [problem.id.sql, .texts(entry.terms)]
    }
  }

  static func insert(
    _ rows: [[any SQLConvertible]], in connection: any Connection
  ) throws {
    if rows.isEmpty { return }
    try connection.insert(
      into: "problem_terms", [key(connection.dialect), "terms"], rows)
  }

  private static func key(_ dialect: Dialect) -> String {
    dialect == .sqlite ? "rowid" : "problem_id"
  }

  /// Whether there are problems from before there was an index: the oldest is one of them.
  package static func isIncomplete(in connection: any Connection) throws -> Bool {
    try connection.row(
      """
      select 1
      from (select min(id) as id from problems) as oldest
      where oldest.id is not null
        and not exists (
          select 1 from problem_terms t where t.\(key(connection.dialect)) = oldest.id)
      """
    ) { _ in true } ?? false
  }

  package static func complete(in connection: any Connection) throws {
    guard try isIncomplete(in: connection) else { return }
    let first =
      try connection.row("select min(\(key(connection.dialect))) from problem_terms") {
        try $0.optionalInt(0)
      } ?? nil
    var last: Int64 = 0
    while true {
      let some = try connection.rows(
        """
        select id, title, concerns, detail
        from problems
        where id > ?1 and id < ?2
        order by id
        limit 500
        """, [last, first ?? .max]
      ) { row -> [any SQLConvertible] in
        let entry = ProblemText.entry(
          title: try row.text(1), concerns: try row.text(2), detail: try row.text(3))
        last = try row.int(0)
        return [last, SQLValue.texts(entry.terms)]
      }
      if some.isEmpty { return }
      try insert(some, in: connection)
    }
  }

  /// Problems that have all of these terms, the newest first; rides the full-text index.
  package static func having(
    _ terms: [String], limit: Int, in connection: any Connection
  ) throws -> [ProblemID] {
    if terms.isEmpty { return [] }
    // Terms have neither quotes nor blanks.
    let (condition, argument): (String, SQLValue) =
      switch connection.dialect {
      case .sqlite:
        ("problem_terms match ?1", .text(terms.map { "\"\($0)\"" }.joined(separator: " AND ")))
      case .postgres: ("terms @> ?1", .texts(terms))
      }
    let key = key(connection.dialect)
    return try connection.rows(
      """
      select \(key)
      from problem_terms
      where \(condition)
      order by \(key) desc
      limit ?2
      """, [argument, limit]
    ) { try $0.problemID(0) }
  }

  /// Those of these problems that may be seen, the newest first; rides the primary key.
  package static func load(
    _ ids: [ProblemID], visible: ProblemList.Visibility, in connection: any Connection
  ) throws -> [FoundProblem] {
    if ids.isEmpty { return [] }
    return try found(
      connection.dialect.among("p.id", "?1"), [connection.dialect.list(ids.map(\.value))],
      visible: visible, limit: ids.count, in: connection)
  }

  /// The newest that may be seen, for those who see few.
  package static func newest(
    visible: ProblemList.Visibility, limit: Int, in connection: any Connection
  ) throws -> [FoundProblem] {
    try found("1 = 1", [], visible: visible, limit: limit, in: connection)
  }

  private static func found(
    _ condition: String, _ arguments: [any SQLConvertible], visible: ProblemList.Visibility,
    limit: Int, in connection: any Connection
  ) throws -> [FoundProblem] {
    var conditions = [condition]
    var arguments = arguments
    ProblemList.narrow(visible, &conditions, &arguments)
    return try connection.rows(
      """
      select p.id, p.number, p.track, p.title, p.concerns, p.detail, p.state, p.category, p.unit_id,
        u.name, p.outcome, f.assigned_at, r.closed_at, p.registered_at
      from problems p
      left join units u on u.id = p.unit_id
      left join problem_rounds r on r.problem_id = p.id and r.round = p.round
      left join problem_rounds f on f.problem_id = p.id and f.round = 1
      where \(conditions.joined(separator: " and "))
      order by p.id desc
      limit ?\(arguments.count + 1)
      """, arguments + [limit], decode)
  }

  private static func decode(_ row: any SQLRow) throws -> FoundProblem {
    FoundProblem(
      id: try row.problemID(0), number: try row.int(1), track: try row.value(2, Track.self),
      title: try row.text(3), concerns: try row.text(4), detail: try row.text(5),
      state: try row.value(6, ProblemState.self), category: try row.optionalText(7),
      unit: try row.optionalUnitID(8), unitName: try row.optionalText(9),
      outcome: try row.optionalValue(10, Outcome.self), assignedAt: try row.optionalInstant(11),
      closedAt: try row.optionalInstant(12), registeredAt: try row.instant(13))
  }
}

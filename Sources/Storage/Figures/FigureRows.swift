import Domain

/// Figures of problems and rounds in the database: one query over `problem_spans` each.
package enum FigureRows {
  /// - Throws: `StorageError`
  package static func result(
    _ definition: Definition, _ query: FigureQuery, in connection: any Connection
  ) throws -> FigureResult {
    if definition.subject == .targets {
      return try TargetRows.result(definition, query, in: connection)
    }
    var groups = try counts(definition, query, in: connection)
    if let attribute = definition.divided {
      try addShares(attribute, definition, query, to: &groups, in: connection)
    }
    if let duration = definition.duration {
      try addHours(duration, definition, query, to: &groups, in: connection)
    }
    return FigureResult(definition, query, counted: groups)
  }

  private static func counts(
    _ definition: Definition, _ query: FigureQuery, in connection: any Connection
  ) throws -> [String: Tally] {
    var sql = FigureSQL(definition, query)
    let all = sql.condition()
    func column(_ slice: Definition.Slice) -> String {
      let condition = sql.condition(for: slice)
      return condition == "true" ? "count(*)" : "count(*) filter (where \(condition))"
    }
    let slices = definition.slices
    let columns = slices.map { column($0) }
    let text = """
      select \(sql.key()), \(columns.joined(separator: ",\n  "))
      from problem_spans s
      where \(all)
      \(query.dimension == nil ? "" : "group by 1")
      """
    var groups: [String: Tally] = [:]
    try connection.forEach(text, sql.arguments) { row in
      var tally = Tally(definition)
      for (index, slice) in slices.enumerated() {
        tally[slice] = Int(try row.int(index + 1))
      }
      groups[try row.optionalText(0) ?? "", default: Tally(definition)] += tally
    }
    return groups
  }

  private static func addShares(
    _ attribute: Attribute, _ definition: Definition, _ query: FigureQuery,
    to groups: inout [String: Tally], in connection: any Connection
  ) throws {
    var sql = FigureSQL(definition, query)
    let all = sql.condition() + " and " + sql.condition(for: .denominator)
    try connection.forEach(
      """
      select \(sql.key()), coalesce(\(sql.value(attribute)), ''), count(*)
      from problem_spans s
      where \(all)
      group by 1, 2
      """, sql.arguments
    ) { row in
      groups[try row.optionalText(0) ?? ""]?.shares[try row.text(1)] = Int(try row.int(2))
    }
  }

  /// How long it took, by whole hours, and how long the others have waited.
  private static func addHours(
    _ duration: Definition.Duration, _ definition: Definition, _ query: FigureQuery,
    to groups: inout [String: Tally], in connection: any Connection
  ) throws {
    let (from, to) = (SpanColumns.column(duration.from), SpanColumns.column(duration.to))
    func each(_ hours: String, _ condition: String, _ body: (String, Int, Int) -> Void) throws {
      var sql = FigureSQL(definition, query)
      let all = sql.condition() + " and " + sql.condition(for: .denominator)
      try connection.forEach(
        """
        select \(sql.key()), \(hours), count(*)
        from problem_spans s
        where \(all)
          and \(condition)
        group by 1, 2
        """, sql.arguments
      ) { row in
        body(try row.optionalText(0) ?? "", Int(try row.int(1)), Int(try row.int(2)))
      }
    }
    let stored = "(case when \(to) > \(from) then \(to) - \(from) else 0 end) / 3600000"
    try each(stored, "\(from) < ?1 and \(to) < ?1") { groups[$0]?.hours[$1] = $2 }
    try each("(?1 - \(from)) / 3600000", "\(from) < ?1 and (\(to) is null or \(to) >= ?1)") {
      groups[$0]?.waiting[$1] = $2
    }
  }

  /// All spans, the rows of a problem together, in the order of problems; rides the primary key.
  package static func all(
    in connection: any Connection, _ body: ([FigureRow]) throws -> Void
  ) throws {
    var rows: [FigureRow] = []
    try connection.stream(
      "select \(columns) from problem_spans order by problem_id, span", []
    ) { sql in
      let row = try FigureRow(sql)
      if let last = rows.last, last.problem != row.problem {
        try body(rows)
        rows.removeAll(keepingCapacity: true)
      }
      rows.append(row)
    }
    if !rows.isEmpty { try body(rows) }
  }

  /// The same of problems something happened to since an entry of the ledger.
  package static func changed(
    since entry: Int64, in connection: any Connection, _ body: ([FigureRow]) throws -> Void
  ) throws {
    let ids = try LedgerRows.streams(of: "problem", since: entry, in: connection)
    for start in stride(from: 0, to: ids.count, by: 500) {
      let list = connection.dialect.list(Array(ids[start..<min(start + 500, ids.count)]))
      let rows = try connection.rows(
        """
        select \(columns)
        from problem_spans
        where \(connection.dialect.among("problem_id", "?1"))
        """, [list], FigureRow.init)
      let problems = Dictionary(grouping: rows, by: \.problem)
      for (_, rows) in problems.sorted(by: { $0.key.value < $1.key.value }) {
        try body(rows.sorted { $0.span < $1.span })
      }
    }
  }

  private static let columns = "problem_id, span, " + FigureRow.columns.joined(separator: ", ")
}

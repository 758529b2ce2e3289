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
    return FigureRows.result(definition, query, groups)
  }

  static func result(
    _ definition: Definition, _ query: FigureQuery, _ groups: [String: Tally]
  ) -> FigureResult {
    var total = Tally(definition)
    for tally in groups.values { total += tally }
    return FigureResult(
      definition: definition, query: query,
      groups: query.dimension == nil
        ? []
        : groups.filter { $0.value != Tally(definition) }.sorted { $0.key < $1.key }.map {
          .init(key: $0.key, tally: $0.value)
        },
      total: total)
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
    var slices: [Definition.Slice] = [.denominator]
    if definition.numerator != nil { slices.append(.numerator) }
    slices += definition.exclusions.indices.map { .exclusion($0) }
    slices += definition.beside.indices.map { .beside($0) }
    let columns = slices.map { column($0) }
    let text = """
      select \(sql.key()), \(columns.joined(separator: ",\n  "))
      from problem_spans s
      where \(all)
      \(query.dimension == nil ? "" : "group by \(sql.grouping())")
      """
    var groups: [String: Tally] = [:]
    try connection.forEach(text, sql.arguments) { row in
      var tally = Tally(definition)
      for (index, slice) in slices.enumerated() {
        let count = Int(try row.int(index + 1))
        switch slice {
        case .denominator, .rest: tally.denominator = count
        case .numerator: tally.numerator = count
        case .exclusion(let number): tally.exclusions[number] = count
        case .beside(let number): tally.beside[number] = count
        }
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
    let (from, to) = (FigureColumns.column(duration.from), FigureColumns.column(duration.to))
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
    let stored =
      duration.to == .closed && duration.from == .found
      ? "s.solving_hours"
      : duration.to == .feedback && duration.from == .assigned
        ? "s.feedback_hours"
        : "(case when \(to) > \(from) then \(to) - \(from) else 0 end) / 3600000"
    try each(stored, "\(from) < ?1 and \(to) < ?1") { groups[$0]?.hours[$1] = $2 }
    try each("(?1 - \(from)) / 3600000", "\(from) < ?1 and (\(to) is null or \(to) >= ?1)") {
      groups[$0]?.waiting[$1] = $2
    }
  }

  /// A problem, or one of its rounds, that a figure counts.
  package struct Member: Hashable, Sendable {
    package let problem: ProblemID
    package let round: Int
    /// The row's number within the problem, for the next page.
    package let span: Int

    package init(problem: ProblemID, round: Int = 0, span: Int) {
      (self.problem, self.round, self.span) = (problem, round, span)
    }
  }

  /// The problems behind a number, the newest first: a page of them.
  /// - Parameter group: a key of the query's dimension; nil for all.
  package static func members(
    _ slice: Definition.Slice, _ definition: Definition, _ query: FigureQuery, group: String?,
    share: String? = nil, after: Member?, limit: Int, in connection: any Connection
  ) throws -> [Member] {
    var sql = FigureSQL(definition, query)
    var all = sql.condition() + " and " + sql.condition(for: slice)
    if let group {
      // The county's own column finds them without reading the others.
      if query.dimension == .county {
        all += " and s.county_id = \(sql.place(Int64(group) ?? 0))"
      } else {
        all += " and \(sql.key()) = \(sql.place(group))"
      }
    }
    if let share, let attribute = definition.divided {
      all += " and coalesce(\(sql.value(attribute)), '') = \(sql.place(share))"
    }
    if let after {
      all += " and (s.problem_id, s.span) < (\(sql.place(after.problem)), \(sql.place(after.span)))"
    }
    return try connection.rows(
      """
      select s.problem_id, s.round, s.span
      from problem_spans s
      where \(all)
      order by s.problem_id desc, s.span desc
      limit \(limit)
      """, sql.arguments
    ) {
      Member(
        problem: try $0.problemID(0), round: Int(try $0.int(1)), span: Int(try $0.int(2)))
    }
  }
}

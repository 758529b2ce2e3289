import Domain

/// The state rows of problems. Every row follows from the ledger.
enum ProblemRows {
  static func insert(
    _ problem: Problem, importKey: [UInt8]?, _ rules: ProblemRules, in connection: any Connection
  ) throws {
    let row = ProblemTables.problems.rows(problem, rules)[0]
    try connection.run(registering, row + [importKey.sql])
    for table in ProblemTables.parts {
      try table.save(from: nil, to: problem, rules, in: connection)
    }
    try ProblemTexts.insert([problem], in: connection)
  }

  private static let registering = insertion(
    into: "problems", ProblemTables.problems.key + ProblemTables.problems.columns + ["import_key"])

  /// The same for many new problems at once.
  static func insert(
    _ problems: [(problem: Problem, importKey: [UInt8]?)], _ rules: ProblemRules,
    in connection: any Connection
  ) throws {
    let table = ProblemTables.problems
    try connection.insert(
      into: table.name, table.key + table.columns + ["import_key"],
      problems.map { table.rows($0.problem, rules)[0] + [$0.importKey.sql] })
    for table in ProblemTables.parts {
      try table.insert(problems.map(\.problem), rules, in: connection)
    }
    try ProblemTexts.insert(problems.map(\.problem), in: connection)
  }

  static func update(
    from before: Problem, to after: Problem, _ rules: ProblemRules,
    in connection: any Connection
  ) throws {
    for table in [ProblemTables.problems] + ProblemTables.parts {
      try table.save(from: before, to: after, rules, in: connection)
    }
  }

  /// As many running numbers, in order.
  static func nextNumbers(
    _ count: Int, in connection: any Connection
  ) throws -> [Int64] {
    switch connection.dialect {
    case .sqlite: try (0..<count).map { _ in try nextNumber(in: connection) }
    // In one round trip.
    case .postgres:
      try connection.rows(
        "select nextval('problem_number') from generate_series(1, ?1) order by 1", [count]
      ) { try $0.int(0) }
    }
  }

  /// The next running number of a problem.
  static func nextNumber(in connection: any Connection) throws -> Int64 {
    try connection.row(connection.dialect.nextNumber(of: "problem_number")) { try $0.int(0) }!
  }
}

/// Rows that are made anew from the ledger.
package enum ProblemRebuild {
  /// Whether a migration left rows to be made.
  package static func isNeeded(in connection: any Connection) throws -> Bool {
    try connection.row("select 1 from problems where since is null limit 1", []) { _ in true }
      ?? false
  }

  /// Rows that a migration left to be made.
  /// - Returns: how many were made anew; none is left when it is 0.
  package static func next(
    _ count: Int = 200, rules: ProblemRules, in connection: any Connection
  ) throws -> Int {
    let ids = try connection.rows(
      "select id from problems where since is null order by id limit ?1", [count]
    ) { try $0.problemID(0) }
    for id in ids {
      let problem = try load(id, in: connection)
      try ProblemTables.problems.overwrite(problem, rules, in: connection)
      for table in ProblemTables.parts { try table.rewrite(problem, rules, in: connection) }
    }
    return ids.count
  }

  /// Tasks and timers of open problems, after the calendar or a procedure changed; rides problems_state.
  /// - Returns: the last problem, or nil when all are done.
  package static func refresh(
    after last: ProblemID?, _ count: Int = 200, rules: ProblemRules, in connection: any Connection
  ) throws -> ProblemID? {
    let open = ProblemState.allCases.filter { !$0.isEnded }.map { "'\($0.rawValue)'" }
    let ids = try connection.rows(
      """
      select id
      from problems
      where state in (\(open.joined(separator: ", "))) and id > ?1
      order by id
      limit ?2
      """, [last?.value ?? 0, count]
    ) { try $0.problemID(0) }
    for id in ids {
      let problem = try load(id, in: connection)
      for table in [ProblemTables.tasks, ProblemTables.timers] {
        try table.rewrite(problem, rules, in: connection)
      }
    }
    return ids.count == count ? ids.last : nil
  }

  /// What the tasks and timers were computed with; nil before the first time.
  package static func stamp(in connection: any Connection) throws -> String? {
    try connection.row("select stamp from problem_rules where id = 1", []) { try $0.text(0) }
  }

  package static func setStamp(_ stamp: String, in connection: any Connection) throws {
    try connection.run(
      """
      insert into problem_rules (id, stamp)
      values (1, ?1)
      on conflict (id) do update set stamp = excluded.stamp
      """, [stamp])
  }

  private static func load(_ id: ProblemID, in connection: any Connection) throws -> Problem {
    guard let history = try ProblemHistory.load(id, in: connection) else {
      throw StorageError.unreadable("problem \(id)")
    }
    return history.problem
  }
}

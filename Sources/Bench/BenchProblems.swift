import Domain
import Services
import Storage

/// Problems in numbers: made by the same rules and rows, many in a transaction, without papers.
enum BenchProblems {
  /// Registers, judges and assigns problems.
  static func assign(
    _ count: Int, to unit: UnitID, by account: Account, _ platform: Platform,
    in connection: any Connection
  ) throws -> [ProblemID] {
    let now = platform.now()
    let rules = try platform.loop(in: connection)
    return try (0..<count).map { _ in
      let event = ProblemEvent.Registered(
        number: try ProblemHistory.nextNumber(in: connection), track: .enterprise,
        title: "基准问题", detail: "", concerns: "示例机械厂", foundOn: now.day)
      var history = try ProblemHistory.register(
        event, at: now, by: account.actor, rules, in: connection)
      let surroundings = try platform.surroundings(of: .enterprise, at: now, in: connection)
      for command in [
        ProblemCommand.judge(category: "land", difficulty: .general, tier: "", note: ""),
        .assign(.init(lead: .init(unit: unit, isTownship: false), note: "")),
      ] {
        let events = try history.problem.decide(command, by: .system, in: surroundings)
        try history.record(events, at: now, by: account.actor, rules, in: connection)
      }
      return history.problem.id
    }
  }

  /// Takes over problems that earlier records tell of, closed long ago.
  static func takeOver(
    _ count: Int, by account: Account, _ platform: Platform, in connection: any Connection
  ) throws {
    let now = platform.now()
    let new = (0..<count).map { index in
      var past = ProblemEvent.TakenOver()
      past.category = "land"
      past.unit = UnitID(2)
      let found = now.day + -(100 + index % 600)
      (past.judgedOn, past.assignedOn) = (found + 1, found + 1)
      (past.dueOn, past.claimedOn, past.closedOn) = (found + 8, found + 6, found + 9)
      (past.outcome, past.rating) = (.solved, .satisfied)
      return ProblemHistory.New(
        event: .init(
          track: .enterprise, title: "历史问题", detail: "", concerns: "示例机械厂", foundOn: found),
        past: past, importKey: nil)
    }
    try ProblemHistory.register(
      new, at: now, by: account.actor, platform.loop(in: connection), in: connection)
  }

  static func sample(
    _ count: Int, in connection: any Connection
  ) throws -> [ProblemID] {
    try connection.rows("select id from problems order by id limit ?1", [count]) {
      try $0.problemID(0)
    }
  }

  /// Makes the planner know tables that have grown.
  static func analysis(_ database: any Database) async throws {
    try await database.write { connection in
      let tables = [
        "problems", "problem_rounds", "problem_legs", "problem_dues", "problem_tasks", "ledger",
      ]
      if let analysis = connection.dialect.analysis(of: tables) { try connection.run(analysis) }
    }
  }
}

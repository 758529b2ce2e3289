import Domain
import Services
import Storage
import TestSupport
import Testing

/// The tables are what the events say, and where they are not it is found.
@Suite struct LedgerReplayTests {
  private func prepare(_ platform: TestPlatform) async throws {
    let office = try await platform.account(.office)
    var filter = ProblemFilter()
    filter.track = .village
    let page = try await ListProblems(platform.platform)(filter, before: nil, for: office)
    let id = page.items[0].id
    let act = ActOnProblem(platform.platform)
    let requests: [ActOnProblem.Request] = [
      .command(.accept),
      .command(.judge(category: "infrastructure", difficulty: .general, tier: "", note: "")),
      .assign(.init(unit: "示例市/清河县/清河县水利局")), .command(.acknowledge(leg: nil)),
    ]
    for request in requests {
      _ = try await act(request, on: id, seen: nil, by: office)
      platform.advance(seconds: 60)
    }
  }

  @Test(arguments: Engine.available)
  func theTablesAreWhatTheEventsSay(engine: Engine) async throws {
    try await engine.withSample { platform in
      try await prepare(platform)
      let replay = try await ReplayLedger(platform.platform)()
      #expect(replay.differences.isEmpty)
      // 21 units, one account, six problems, an order for each of two legs; the account and one problem
      // went on.
      #expect((replay.streams, replay.entries) == (30, 35))
    }
  }

  @Test(
    arguments: Engine.available,
    [
      ("update problems set title = 'x' where state = 'acknowledged'", "problems title"),
      ("update problems set due_at = due_at + 1 where due_at is not null", "problems due_at"),
      ("update problems set state = 'closed' where state = 'acknowledged'", "problems state"),
      ("update problem_rounds set acknowledged_at = null", "problem_rounds acknowledged_at"),
      (
        "update problem_dues set met_at = met_at - 1 where met_at is not null",
        "problem_dues met_at"
      ),
      ("delete from problem_dues where milestone = 'acknowledge'", "problem_dues –"),
      ("update problem_legs set urgings = 1", "problem_legs urgings"),
      ("delete from problem_tasks where task = 'handle'", "problem_tasks –"),
      ("delete from problem_timers where rung = 'urging'", "problem_timers –"),
      ("update orders set number = number + 1 where number = 2", "orders number"),
      ("update units set name = '水务局' where name = '清河县水利局'", "units name"),
      ("update units set path = '/1/' where name = '清河县水利局'", "units path"),
      (
        "delete from unit_codes where code = (select min(code) from unit_codes)", "unit_codes –"
      ),
      ("update accounts set role = 'handler'", "accounts role"),
      (
        """
        insert into problems (id, version, number, track, title, detail, concerns, found_on,
          registered_at, state, round)
        select 1, version, 99, track, title, detail, concerns, found_on, registered_at, state, 0
        from problems where number = 1
        """, "problems –"
      ),
    ])
  func whatDiffersIsNamed(engine: Engine, change: (sql: String, found: String)) async throws {
    try await engine.withSample { platform in
      try await prepare(platform)
      try await platform.platform.database.write { try $0.run(change.sql) }
      let replay = try await ReplayLedger(platform.platform)()
      let found = replay.differences.map { "\($0.table) \($0.column ?? "–")" }
      #expect(!found.isEmpty && found.allSatisfy { $0 == change.found })
    }
  }
}

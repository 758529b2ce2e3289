import Domain
import Services
import Storage
import TestSupport
import Testing

/// A database of the version before the registers, brought up to date.
@Suite struct UpgradeTests {
  @Test(arguments: Engine.available)
  func unitsFromBeforeTheRegisters(engine: Engine) async throws {
    try await engine.withDatabase(migrated: false) { database in
      let before = Array(Migration.all.prefix(2))
      try await Migrations.apply(to: database, now: .reference, migrations: before)
      let day = Instant.reference.day
      try await database.write { connection in
        for (id, parent, level, name, code) in [
          (Int64(1), Int64?.none, "city", "示例市", "990100000000"),
          (2, 1, "county", "清河县", "990121000000"),
        ] {
          try connection.run(
            """
            insert into units (id, parent_id, kind, level, name, path, valid_from)
            values (?1, ?2, 'region', ?3, ?4, ?5, ?6)
            """, [id, parent, level, name, parent == nil ? "/1/" : "/1/2/", day])
          try connection.run(
            "insert into unit_division_codes (code, unit_id) values (?1, ?2)", [code, id])
          let above = parent.map { ",\"parent\":\"\($0)\"" } ?? ""
          let payload =
            "{\"division_code\":\"\(code)\",\"kind\":\"region\",\"level\":\"\(level)\","
            + "\"name\":\"\(name)\"\(above),\"valid_from\":\"\(day)\"}"
          try connection.run(
            """
            insert into ledger (id, stream, version, at, actor, kind, payload, leaf_hash)
            values (?1, ?2, 1, ?3, 'system', 'unit.created', ?4, ?5)
            """, [id, "unit/\(id)", Instant.reference, payload, [UInt8](repeating: 0, count: 32)])
        }
      }
      try await Migrations.apply(to: database, now: .reference)
      try await IndexNames(database)()
      let platform = try await TestPlatform(database)
      #expect(try await ReplayLedger(platform.platform)().differences == [])
      let tree = try await ShowTree(platform.platform)(asOf: day, under: nil)
      #expect(tree.map(\.path) == ["示例市", "示例市/清河县"])
      #expect(tree.last?.unit.divisionCode?.text == "990121000000")
      let found = try await FindByName(platform.platform)("清河", by: nil).found
      #expect(found.map(\.place) == ["示例市/清河县"])
    }
  }

  /// The payloads are those that version 0.3 wrote.
  @Test(arguments: Engine.available)
  func problemsFromBeforeTheLoop(engine: Engine) async throws {
    let due =
      #"{"budget":"7d","day":"2026-02-24","instant":1771948800000,"is_provisional":false,"milestone":"solve_general","nominal":"2026-02-19","skipped":[{"day":"2026-02-19","holiday":"春节"}],"yellow":1771344000000}"#
    let assigned = #"{"due":[\#(due)],"note":"","rule":"13710","rule_version":1,"unit":"1"}"#
    let events = [
      (
        "registered",
        #"{"concerns":"某厂","detail":"","found_on":"2026-02-12","number":1,"title":"停电","track":"enterprise"}"#
      ), ("accepted", "{}"),
      ("judged", #"{"category":"utilities","difficulty":"general","note":""}"#),
      ("assigned", assigned), ("acknowledged", "{}"), ("feedback", #"{"text":"已派人"}"#),
      ("claimed", #"{"evidence":"照片","outcome":"solved","result":"通电"}"#),
      ("verification_failed", #"{"text":"又停了"}"#), ("redone", assigned),
    ]
    try await engine.withDatabase(migrated: false) { database in
      let before = Array(Migration.all.prefix(3))
      try await Migrations.apply(to: database, now: .reference, migrations: before)
      try await database.write { connection in
        try connection.run(
          """
          insert into units (id, kind, level, name, path, valid_from)
          values (1, 'department', 'city', '供电局', '/1/', 0)
          """)
        try connection.run(
          """
          insert into problems (id, version, number, track, title, detail, concerns, found_on,
            registered_at, state, round, unit_id)
          values (7, 9, 1, 'enterprise', '停电', '', '某厂', 20496, 0, 'assigned', 2, 1)
          """)
        for round in [1, 2] {
          try connection.run(
            """
            insert into problem_rounds (problem_id, round, unit_id, rule, rule_version, assigned_at)
            values (7, ?1, 1, '13710', 1, 0)
            """, [round])
        }
        for (index, event) in events.enumerated() {
          try connection.run(
            """
            insert into ledger (id, stream, version, at, actor, kind, payload, leaf_hash)
            values (?1, 'problem/7', ?1, ?2, 'system', ?3, ?4, ?5)
            """,
            [
              index + 1, Instant.reference, "problem.\(event.0)", event.1,
              [UInt8](repeating: 0, count: 32),
            ])
        }
      }
      try await Migrations.apply(to: database, now: .reference)
      let platform = try await TestPlatform(database)
      try await RebuildProblems(platform.platform)()
      let replay = try await ReplayLedger(platform.platform)()
      #expect(replay.differences.filter { $0.table.hasPrefix("problem") } == [])
      let legs = try await database.read { connection in
        try connection.rows(
          """
          select l.leg, l.round, l.role, d.due_on
          from problem_legs l
          join problem_dues d on d.problem_id = l.problem_id and d.leg = l.leg
          order by l.leg
          """
        ) { row in
          "\(try row.int(0)) \(try row.int(1)) \(try row.text(2)) \(try row.day(3))"
        }
      }
      #expect(legs == ["1 1 lead 2026-02-24", "2 2 lead 2026-02-24"])
      let office = try await platform.account(.office)
      let problem = try await ActOnProblem(platform.platform)(
        .command(.claim(outcome: .solved, result: "通电", evidence: "照片")), on: ProblemID(7),
        seen: 9, by: office)
      #expect(problem.state == .claimed && problem.rounds.count == 2)
    }
  }
}

import Domain
import Services
import Storage
import TestSupport
import Testing

@Suite struct FindProblemsTests {
  private func titles(
    _ platform: TestPlatform, _ text: String, limit: Int = 20, for account: Account
  ) async throws -> [String] {
    try await FindProblems(platform.platform)(text, limit: limit, for: account).found.map(\.title)
  }

  /// By fragments in any order, in the title before elsewhere; by its number; never by half a word.
  @Test(
    arguments: Engine.available,
    [
      ("路灯", ["北坡村夜间无路灯，老人出行不便"]),
      ("机井 麦田", ["村东机井水泵损坏，四十亩麦田无法浇灌"]),
      ("电机烧毁", ["村东机井水泵损坏，四十亩麦田无法浇灌"]),
      ("面粉厂", ["厂区门前道路破损，货车无法满载进出"]),
      ("学府社区", ["学府社区积水点雨后三天不退"]),
      // The second, and one that says 2012.
      ("2", ["石桥村口桥面塌陷，校车绕行六公里", "村东机井水泵损坏，四十亩麦田无法浇灌"]),
      ("000002", ["石桥村口桥面塌陷，校车绕行六公里"]),
      ("路灯 麦田", []), ("无此事", []), ("", []), ("%_'\"*", []), ("\" OR \"", []),
    ])
  func whatIsFound(engine: Engine, query: (text: String, expected: [String])) async throws {
    try await engine.withSample { platform in
      let office = try await platform.account(.office)
      #expect(try await titles(platform, query.text, for: office) == query.expected)
    }
  }

  /// What an account may not see it does not find: a handler before the assignment, another county.
  @Test(arguments: Engine.available)
  func withinWhatMayBeSeen(engine: Engine) async throws {
    try await engine.withSample { platform in
      let handler = try await platform.account(.handler, unit: LoadSample.handlingUnit)
      let county = try await platform.account(.countyOffice, unit: "示例市/清河县")
      for (account, expected) in [
        (handler, []), (county, ["北坡村夜间无路灯，老人出行不便"]),
      ] {
        #expect(try await titles(platform, "路灯", for: account) == expected)
        #expect(try await titles(platform, "3", for: account) == expected)
      }
      let audit = try await platform.account(.auditAdministrator)
      await #expect(throws: UseCaseError.self) { try await titles(platform, "路灯", for: audit) }
    }
  }

  @Test(arguments: Engine.available)
  func aLimitIsTold(engine: Engine) async throws {
    try await engine.withSample { platform in
      let office = try await platform.account(.office)
      let answer = try await FindProblems(platform.platform)("示例", limit: 2, for: office)
      #expect(answer.found.count == 2 && answer.hasMore)
    }
  }

  /// Problems from before there was an index are found once it is made.
  @Test(arguments: Engine.available)
  func madeAfterwards(engine: Engine) async throws {
    try await engine.withSample { platform in
      let office = try await platform.account(.office)
      let database = platform.platform.database
      try await database.write { connection in
        try connection.run(
          connection.dialect == .sqlite
            ? "insert into problem_terms (problem_terms) values ('delete-all')"
            : "delete from problem_terms")
      }
      #expect(try await titles(platform, "路灯", for: office) == [])
      try await IndexNames(database)()
      #expect(try await titles(platform, "路灯", for: office).count == 1)
      try await IndexNames(database)()
      #expect(try await titles(platform, "路灯", for: office).count == 1)
    }
  }
}

@Suite struct SimilarProblemsTests {
  /// Open problems that say nearly the same, the likest first; what only shares a word is none.
  @Test(
    arguments: Engine.available,
    [
      ("北坡村夜间没有路灯，老人出行不便", ["北坡村夜间无路灯，老人出行不便"]),
      ("村东机井水泵坏了，麦田无法浇灌", ["村东机井水泵损坏，四十亩麦田无法浇灌"]),
      ("石桥村桥面塌了", ["石桥村口桥面塌陷，校车绕行六公里"]),
      ("幼儿园缺少教师", []), ("路", []), ("", []),
    ])
  func whatIsOpen(engine: Engine, query: (title: String, expected: [String])) async throws {
    try await engine.withSample { platform in
      let office = try await platform.account(.office)
      let similar = try await SimilarProblems(platform.platform).open(
        title: query.title, concerns: "石桥村", for: office)
      #expect(similar.map(\.problem.title) == query.expected)
    }
  }

  @Test(arguments: Engine.available)
  func notBeyondWhatMayBeSeen(engine: Engine) async throws {
    try await engine.withSample { platform in
      let handler = try await platform.account(.handler, unit: LoadSample.handlingUnit)
      let similar = try await SimilarProblems(platform.platform).open(
        title: "北坡村夜间无路灯，老人出行不便", concerns: "", for: handler)
      #expect(similar.isEmpty)
    }
  }

  /// Who solved the like before, and how it ended; of the open ones none.
  @Test(arguments: Engine.available)
  func whatWasSolved(engine: Engine) async throws {
    try await engine.withSample { platform in
      let office = try await platform.account(.office)
      try await platform.importRows(
        .problems,
        """
        轨道,问题,涉及对象,发现日期,类别,承办单位,交办日期,办理期限,办结日期,销号日期,办理结果,评价,编号
        联乡帮村,东关村夜间无路灯,示例市/清河县/大寺乡/北坡村,2024-03-01,基础设施,示例市/清河县/清河县水利局,2024-03-03,2024-03-10,2024-03-08,2024-03-09,已解决,,
        """)
      let found = try await FindProblems(platform.platform)("北坡村夜间", for: office).found[0]
      let problem = try await ShowProblem(platform.platform)(found.id, for: office).problem
      let similar = try await platform.platform.database.read {
        try SimilarProblems.kin(of: problem, category: "infrastructure", for: office, in: $0).past
      }
      let past = try #require(similar.first?.problem)
      #expect(similar.count == 1 && past.title == "东关村夜间无路灯")
      #expect(past.unitName == "清河县水利局" && past.outcome == .solved)
      #expect(past.assignedAt?.day == Day("2024-03-03") && past.closedAt?.day == Day("2024-03-09"))
    }
  }
}

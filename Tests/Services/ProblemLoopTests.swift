import Domain
import Ledger
import Services
import Storage
import TestSupport
import Testing

@Suite struct ProblemLoopTests {
  private func registration(_ title: String = "机井损坏") -> Registration {
    Registration(
      track: "village", title: title, detail: "", concerns: "柳林镇/河湾村", foundOn: "2026-11-19")
  }

  private func act(
    _ platform: TestPlatform, _ request: ActOnProblem.Request, _ problem: Problem,
    _ account: Account
  ) async throws -> Problem {
    try await ActOnProblem(platform.platform)(
      request, on: problem.id, seen: problem.version, by: account)
  }

  private func registered(_ platform: TestPlatform, _ office: Account) async throws -> Problem {
    let id = try await RegisterProblem(platform.platform)(registration(), by: office)
    return try await ShowProblem(platform.platform)(id, for: office).problem
  }

  /// Registers, judges and assigns a problem.
  private func assigned(_ platform: TestPlatform, _ office: Account) async throws -> Problem {
    var problem = try await registered(platform, office)
    problem = try await act(
      platform,
      .command(.judge(category: "infrastructure", difficulty: .general, tier: "", note: "")),
      problem, office)
    return try await act(platform, .assign(.init(unit: "清河县水利局")), problem, office)
  }

  /// Friday 2026-11-20: the first milestone falls on Saturday and the third on Monday.
  @Test(arguments: Engine.available)
  func fromRegistrationToClosure(engine: Engine) async throws {
    try await engine.withSample { platform in
      let office = try await platform.account(.office)
      let handler = try await platform.account(.handler, unit: "清河县水利局")
      var problem = try await assigned(platform, office)
      #expect(
        problem.round?.lead?.due.map { "\($0.milestone.rawValue) \($0.day)" } == [
          "acknowledge 2026-11-23", "first_feedback 2026-11-23", "solve_general 2026-11-27",
        ])
      for command in [
        ProblemCommand.acknowledge(leg: nil), .feedback(leg: nil, text: "已派人"),
        .claim(outcome: .solved, result: "换了水泵", evidence: "照片 1"),
      ] {
        platform.advance(seconds: 3600)
        problem = try await act(platform, .command(command), problem, handler)
      }
      // The village's own line (双反馈).
      let village = try await platform.account(.handler, unit: "柳林镇/河湾村")
      problem = try await act(
        platform, .command(.answer(leg: 2, text: "出水了")), problem, village)
      problem = try await act(
        platform, .command(.verify(passed: true, text: "属实")), problem, office)
      let link = try await IssueEvaluationLink(platform.platform)(problem.id, by: office)
      try await EvaluateProblem(platform.platform)(link, rating: .satisfied, text: "")
      problem = try await ShowProblem(platform.platform)(problem.id, for: office).problem
      problem = try await act(platform, .command(.close), problem, office)
      #expect(problem.state == .closed)

      // What is stored is what was returned, and the rows say the same as the events.
      let shown = try await ShowProblem(platform.platform)(problem.id, for: office)
      #expect(shown.problem == problem)
      let id = problem.id
      let row = try await platform.platform.database.read { connection in
        try connection.row(
          """
          select p.state, p.version, p.due_at, r.rating, r.claimed_at, r.closed_at,
            (select count(*) from problem_dues m where m.problem_id = p.id and m.met_at is null)
          from problems p join problem_rounds r on r.problem_id = p.id
          where p.id = ?1
          """, [id]
        ) {
          (
            try $0.text(0), try $0.int(1), try $0.optionalInt(2), try $0.text(3),
            try $0.instant(4), try $0.instant(5), try $0.int(6)
          )
        }
      }
      let stored = try #require(row)
      #expect(stored.0 == "closed" && stored.1 == Int64(problem.version) && stored.2 == nil)
      #expect(stored.3 == "satisfied" && stored.6 == 0)
      #expect(stored.4 == problem.round?.claimedAt && stored.5 == problem.round?.closedAt)
      try await platform.sequence()
      let report = try await VerifyLedger(platform.platform)()
      #expect(report.fault == nil && report.pending == 0 && report.size > 0)
    }
  }

  @Test(arguments: Engine.available)
  func aSecondTransitionAtTheSameTimeIsToldWhatChanged(engine: Engine) async throws {
    try await engine.withSample { platform in
      let office = try await platform.account(.office)
      let problem = try await registered(platform, office)
      let results = await withTaskGroup(of: Result<Problem, any Error>.self) { group in
        for difficulty in Difficulty.allCases {
          group.addTask {
            do {
              return .success(
                try await act(
                  platform,
                  .command(.judge(category: "other", difficulty: difficulty, tier: "", note: "")),
                  problem,
                  office))
            } catch {
              return .failure(error)
            }
          }
        }
        return await group.reduce(into: []) { $0.append($1) }
      }
      var (done, told) = (0, 0)
      for result in results {
        switch result {
        case .success: done += 1
        case .failure(UseCaseError.conflict(let steps)):
          // Acceptance and judgement came between.
          #expect(steps.map(\.version) == [2, 3])
          told += 1
        case .failure(let error): Issue.record(error)
        }
      }
      #expect((done, told) == (1, 4))
      #expect(
        try await ShowProblem(platform.platform)(problem.id, for: office).problem.version == 3)
    }
  }

  @Test(arguments: Engine.available)
  func aHandlerSeesAndMovesOnlyItsOwn(engine: Engine) async throws {
    try await engine.withSample { platform in
      let office = try await platform.account(.office)
      let handler = try await platform.account(.handler, unit: "清河县水利局")
      let other = try await platform.account(.handler, unit: "清河县交通运输局")
      let above = try await platform.account(.handler, unit: "示例市/清河县")
      let problem = try await assigned(platform, office)
      func count(_ account: Account) async throws -> Int {
        try await ListProblems(platform.platform)(ProblemFilter(), before: nil, for: account)
          .items.count
      }
      #expect(try await count(office) == 7)
      #expect(try await count(handler) == 1)
      #expect(try await count(above) == 1)
      #expect(try await count(other) == 0)
      await expect(.notFound) {
        try await act(platform, .command(.acknowledge(leg: nil)), problem, other)
      }
      await expect(.notFound) {
        _ = try await ShowProblem(platform.platform)(problem.id, for: other)
      }
      await expect(.refused([.notYourRole, .wrongState])) {
        try await act(platform, .command(.verify(passed: true, text: "属实")), problem, handler)
      }
      await expect(.forbidden) {
        try await RegisterProblem(platform.platform)(registration(), by: handler)
      }
    }
  }

  private enum Kind {
    case notFound, forbidden
    case refused([Problem.Refusal])
  }

  private func expect(_ kind: Kind, _ work: () async throws -> some Any) async {
    do {
      _ = try await work()
      Issue.record("expected \(kind)")
    } catch let error as UseCaseError {
      switch (kind, error) {
      case (.notFound, .notFound), (.forbidden, .forbidden): break
      case (.refused(let expected), .refused(let refusal)): #expect(refusal == expected)
      default: Issue.record("expected \(kind), got \(error)")
      }
    } catch {
      Issue.record(error)
    }
  }

  /// Each page follows the one before without gap or repetition, under every filter.
  @Test(arguments: Engine.available)
  func pagesFollowEachOther(engine: Engine) async throws {
    try await engine.withSample { platform in
      let office = try await platform.account(.office)
      for number in 1...120 {
        _ = try await RegisterProblem(platform.platform)(registration("第 \(number) 个"), by: office)
      }
      var (seen, before): ([Int64], ProblemCursor?) = ([], nil)
      repeat {
        let page = try await ListProblems(platform.platform)(
          ProblemFilter(), before: before, for: office)
        seen += page.items.map(\.number)
        before = page.next
      } while before != nil
      #expect(seen.count == 126)
      #expect(Set(seen).count == 126)
      #expect(seen.first == seen.max())
      var filter = ProblemFilter()
      filter.track = .enterprise
      let enterprise = try await ListProblems(platform.platform)(filter, before: nil, for: office)
      #expect(enterprise.items.count == 2 && enterprise.next == nil)
    }
  }

  /// The same sheet sent several times at once is one problem; another sheet is another.
  @Test(arguments: Engine.available)
  func oneSheetIsOneProblem(engine: Engine) async throws {
    try await engine.withSample { platform in
      let office = try await platform.account(.office)
      let ids = try await withThrowingTaskGroup(of: ProblemID.self) { group in
        for _ in 0..<5 {
          group.addTask {
            try await RegisterProblem(platform.platform)(
              registration(), formID: "sheet", by: office)
          }
        }
        return try await group.reduce(into: Set<ProblemID>()) { $0.insert($1) }
      }
      #expect(ids.count == 1)
      let other = try await RegisterProblem(platform.platform)(
        registration(), formID: "another", by: office)
      #expect(!ids.contains(other))
    }
  }

  /// A village problem concerns a village or township, and no village is charged with one.
  @Test func whoMayBeConcernedAndCharged() async throws {
    try await Engine.sqlite.withSample { platform in
      let office = try await platform.account(.office)
      for concerns in ["清河县水利局", "清河县", "示例市"] {
        var wrong = registration()
        wrong.concerns = concerns
        let asked = wrong
        await #expect(throws: UseCaseError.self) {
          try await RegisterProblem(platform.platform)(asked, by: office)
        }
      }
      var problem = try await registered(platform, office)
      problem = try await act(
        platform, .command(.judge(category: "other", difficulty: .general, tier: "", note: "")),
        problem,
        office)
      let judged = problem
      await expect(.refused([.unknownUnit])) {
        try await act(platform, .assign(.init(unit: "河湾村")), judged, office)
      }
    }
  }

  /// A server whose clock is behind does not make time run backwards within a problem.
  @Test(arguments: Engine.available)
  func timeNeverRunsBackwards(engine: Engine) async throws {
    try await engine.withSample { platform in
      let office = try await platform.account(.office)
      let problem = try await assigned(platform, office)
      platform.advance(seconds: -3600)
      let acknowledged = try await act(platform, .command(.acknowledge(leg: nil)), problem, office)
      #expect(acknowledged.round?.lead?.acknowledgedAt == problem.round?.assignedAt)
    }
  }

  @Test(arguments: Engine.available)
  func overdueFollowsTheClock(engine: Engine) async throws {
    try await engine.withSample { platform in
      let office = try await platform.account(.office)
      _ = try await assigned(platform, office)
      var filter = ProblemFilter()
      filter.overdue = true
      let overdue = filter
      let count = {
        try await ListProblems(platform.platform)(overdue, before: nil, for: office).items.count
      }
      #expect(try await count() == 0)
      // Due at the end of Monday the 23rd.
      platform.advance(days: 3, seconds: 14 * 3600)
      #expect(try await count() == 0)
      platform.advance(seconds: 3600)
      #expect(try await count() == 1)
    }
  }
}

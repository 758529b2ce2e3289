import Domain
import Services
import Storage
import TestSupport
import Testing

/// The small demo city: its figures follow from its events, and it comes out the same again (docs/demo.md).
@Suite struct DemoCityTests {
  /// A city until a day, on a database of its own.
  private func withCity(
    _ engine: Engine, until: String, seed: UInt64 = 1,
    _ body: (TestPlatform) async throws -> Void
  ) async throws {
    try await engine.withDatabase { database in
      let test = try await TestPlatform(database)
      try await fill(test, until: until, seed: seed)
      try await body(test)
    }
  }

  private func fill(_ test: TestPlatform, until: String, seed: UInt64 = 1) async throws {
    try await FillDemo(test.platform)(
      FillDemo.Wish(seed: seed, until: Day(until)!), resources: TestPlatform.root + "/Resources")
  }

  private func figure(
    _ code: DemoFigure.Code, in figures: [DemoFigure]
  ) throws -> Int {
    try #require(figures.first { $0.code == code }).found
  }

  /// Expected numbers in the proportions of DOMAIN.md 9: 85 % put right, 67 % of petitions settled, all of
  /// the enterprises' problems completed that are not legal.
  @Test func figuresAtTheEndOfBothYearsFollowFromTheEvents() async throws {
    try await withCity(.sqlite, until: "2023-01-01") { test in
      let figures = try await CheckDemo(test.platform)(.small, until: Day("2023-01-01")!)
      #expect(figures.filter { !$0.holds } == [])
      #expect(Set(figures.map(\.code)) == Set(DemoFigure.Code.allCases))
      let expected: [DemoFigure.Code: Int] = [
        .villageFound: 80, .villagePutRight: 68, .villageCategories: 5, .petitions: 12,
        .petitionsSettled: 8, .petitionBatches: 9, .enterpriseFound: 69,
        .enterpriseCompleted: 69, .enterpriseFoundThen: 15, .enterprises2022: 55,
        .villagesPaired: 30, .townshipsPaired: 14,
      ]
      for (code, number) in expected { #expect(try figure(code, in: figures) == number, "\(code)") }
    }
  }

  @Test(arguments: Engine.available)
  func ledgerAndTablesAgree(engine: Engine) async throws {
    let until = engine == .sqlite ? "2023-01-01" : "2021-09-15"
    try await withCity(engine, until: until) { test in
      let replay = try await ReplayLedger(test.platform)()
      #expect(replay.differences.isEmpty, "\(replay.differences.prefix(3))")
      let report = try await VerifyLedger(test.platform)()
      #expect(report.fault == nil && report.pending == 0)
      #expect(replay.entries > 500)
    }
  }

  /// Everything that can happen to a problem does happen to some.
  @Test func everyTurnIsTaken() async throws {
    try await withCity(.sqlite, until: "2024-06-01") { test in
      let kinds = try await test.platform.database.read { connection in
        Set(try connection.rows("select distinct kind from ledger") { try $0.text(0) })
      }
      let wanted: Set = [
        "problem.accepted", "problem.declined", "problem.judged", "problem.assigned",
        "problem.acknowledged", "problem.feedback", "problem.objected", "problem.objection_ruled",
        "problem.extension_asked", "problem.extension_decided", "problem.suspended",
        "problem.resumed", "problem.answered", "problem.claimed", "problem.verified",
        "problem.verification_failed", "problem.evaluation_link_issued", "problem.evaluated",
        "problem.return_visited", "problem.closed", "problem.redone", "problem.shelved",
        "problem.escalated", "problem.referred", "problem.merged", "problem.batched",
        "problem.looked_back", "problem.reminded", "problem.urged",
        "problem.accountability_drafted", "batch.answered", "look_back.drawn",
        "pairing_plan.adopted", "visit.hold",
      ]
      #expect(wanted.subtracting(kinds) == [])
    }
  }

  /// Ids and keys are drawn by chance, and the sample of a look-back with the root over them: what is the same
  /// is everything that happens, when and to what, but for the problems that were looked at again.
  @Test func theSameSeedTellsTheSameStory() async throws {
    let (first, again) = (try await story(7), try await story(7))
    #expect(first.lines.keys.sorted() == again.lines.keys.sorted())
    let sampled = first.sampled.union(again.sampled)
    #expect(first.sampled.count == again.sampled.count && !first.sampled.isEmpty)
    let differing = first.lines.filter {
      !sampled.contains($0.key) && again.lines[$0.key] != $0.value
    }
    #expect(differing.keys.sorted() == [])
    let other = try await story(8)
    #expect(other.lines.filter { first.lines[$0.key] == $0.value }.isEmpty)
  }

  private struct Story {
    /// What happened, by the problem's number.
    var lines: [Int64: [String]] = [:]
    /// The numbers of those that were looked at again.
    var sampled: Set<Int64> = []
  }

  private func story(_ seed: UInt64) async throws -> Story {
    var story = Story()
    try await withCity(.sqlite, until: "2021-12-01", seed: seed) { test in
      story = try await test.platform.database.read { connection in
        var story = Story()
        try connection.forEach(
          """
          select p.number, l.at, l.kind, p.title, p.concerns
          from ledger l
          join problems p on l.stream = 'problem/' || p.id
          order by p.number, l.version
          """, []
        ) { row in
          let line = "\(try row.int(1)) \(try row.text(2)) \(try row.text(3)) \(try row.text(4))"
          story.lines[try row.int(0), default: []].append(line)
        }
        story.sampled = Set(
          try connection.rows("select number from look_back_items") { try $0.int(0) })
        return story
      }
    }
    return story
  }

  @Test func whatIsNotEmptyIsLeftAlone() async throws {
    try await Engine.sqlite.withSample { test in
      let before = try await test.platform.database.read { connection in
        try connection.row("select count(*) from ledger") { try $0.int(0) }
      }
      await #expect(throws: FillDemo.Refusal.notEmpty) {
        try await fill(test, until: "2021-02-01")
      }
      let after = try await test.platform.database.read { connection in
        try connection.row("select count(*) from ledger") { try $0.int(0) }
      }
      #expect(before == after)
    }
  }

  @Test(arguments: ["2021-01-04", "2027-01-01"])
  func aDayOutsideTheStoryIsRefused(until: String) async throws {
    try await Engine.sqlite.withDatabase { database in
      let test = try await TestPlatform(database)
      await #expect(throws: FillDemo.Refusal.until(Day(until)!)) {
        try await fill(test, until: until)
      }
    }
  }

  /// Decided in memory and written in bulk, with what is written step by step: entries, rows, places.
  @Test(arguments: Engine.available)
  func aScaleSetIsWhatItsLedgerSays(engine: Engine) async throws {
    try await engine.withDatabase { database in
      let test = try await TestPlatform(database)
      try await FillDemo(test.platform)(
        FillDemo.Wish(until: Day("2023-01-01")!, problems: 400),
        resources: TestPlatform.root + "/Resources")
      let replay = try await ReplayLedger(test.platform)()
      #expect(replay.differences.isEmpty, "\(replay.differences.prefix(3))")
      let report = try await VerifyLedger(test.platform)()
      #expect(report.fault == nil && report.pending == 0)
      let (problems, counties, states) = try await database.read { connection in
        try connection.row(
          """
          select (select count(*) from problems), (select count(distinct county_id) from problem_spans),
            (select count(distinct state) from problems)
          """
        ) { (try $0.int(0), try $0.int(1), try $0.int(2)) }!
      }
      #expect(problems == 400 && counties == 9 && states >= 5)
    }
  }

  /// Thousands have accounts that nobody took up: links are for one of each role.
  @Test func linksAreForOneOfEachRole() async throws {
    try await withCity(.sqlite, until: "2021-12-01") { test in
      let seats = try await DemoSeats(test.platform)()
      let roles: [Role] = [
        .office, .handler, .director, .countyOffice, .official, .enterprise, .villageClerk,
        .leader, .systemAdministrator, .securityAdministrator, .auditAdministrator,
      ]
      #expect(seats.map(\.seat.role) == roles)
      let links = try await FirstStart(test.platform)(seats)
      #expect(links.count == roles.count)
      let again = try await FirstStart(test.platform)(seats)
      #expect(again.map(\.name) == links.map(\.name))
    }
  }
}

import Domain
import Services
import Storage
import TestSupport
import Testing

@Suite struct FigureTests {
  /// The sample as it is imported: the file's rows counted by hand. All pages, tables and ledger agree.
  @Test(arguments: Engine.available)
  func theSampleIsCountedAsItsFileSays(engine: Engine) async throws {
    try await engine.withSample { platform in
      let ask = AskFigure(platform.platform)
      let found = try await ask(FigureRequest("found_count", by: .track), for: nil)
      let rows = try await platform.platform.database.read { connection in
        try connection.rows("select track, count(*) from problems group by track order by track") {
          (try $0.text(0), Int(try $0.int(1)))
        }
      }
      #expect(found.groups.map(\.key) == rows.map(\.0))
      #expect(found.groups.map(\.tally.denominator) == rows.map(\.1))
      try await FigureAgreement.check(platform.platform, seed: 1, times: 20)
    }
  }

  /// A row that somebody changed in the database is told by the count over the ledger.
  @Test(arguments: Engine.available)
  func aForgedRowIsCaught(engine: Engine) async throws {
    try await engine.withSample { platform in
      let check = CheckFigure(platform.platform)
      let asked = FigureRequest("found_count", by: .county)
      #expect(try await check(asked).agrees)
      try await platform.platform.database.write { connection in
        try connection.run("update problem_spans set declined_at = begins_at where span = 1")
      }
      #expect(try await !check(asked).agrees)
      let replay = try await ReplayLedger(platform.platform)()
      #expect(replay.differences.contains { $0.table == "problem_spans" })
    }
  }

  /// Days before 1970 and that day itself are days like others, on the pages as in the tables.
  @Test(arguments: Engine.available)
  func theDayBefore1970IsADay(engine: Engine) async throws {
    try await engine.withSample { platform in
      try await platform.platform.database.write { connection in
        let ids = try connection.rows("select distinct problem_id from problem_spans") {
          try $0.int(0)
        }
        for (id, day) in zip(ids, [-1, 0]) {
          try connection.run(
            "update problem_spans set found_at = ?1 where problem_id = ?2",
            [Instant(startOf: Day(number: day)), id])
        }
      }
      let asked = FigureRequest("found_count", by: .day)
      let fromPages = try await AskFigure(platform.platform)(asked, for: nil)
      #expect(fromPages.groups == (try await QueryFigure(platform.platform)(asked)).groups)
      for key in ["-1", "0"] {
        #expect(fromPages.groups.first { $0.key == key }?.tally.denominator == 1)
      }
    }
  }

  /// Each number's list has exactly so many problems, page by page.
  @Test(arguments: Engine.available)
  func everyNumberHasItsList(engine: Engine) async throws {
    try await engine.withSample { platform in
      let office = try await platform.account(.office)
      for number in 1...60 {
        let registration = Registration(
          track: "village", title: "机井损坏 \(number)", detail: "", concerns: "柳林镇/河湾村",
          foundOn: "2026-11-19")
        _ = try await RegisterProblem(platform.platform)(registration, by: office)
      }
      let list = ListFigureMembers(platform.platform)
      let asked = FigureRequest("found_count", asOf: platform.platform.now() + 1, by: .county)
      let result = try await AskFigure(platform.platform)(asked, for: office)
      let largest = try #require(
        result.groups.max { $0.tally.denominator < $1.tally.denominator })
      for which in [
        ListFigureMembers.Which(.denominator), .init(.denominator, group: largest.key),
      ] {
        var (seen, after): (Set<ProblemID>, FigureMember?) = ([], nil)
        repeat {
          let page = try await list(asked, which, after: after, for: office)
          #expect(page.count == result.count(of: which))
          seen.formUnion(page.page.map(\.problem.id))
          after = page.next
        } while after != nil
        #expect(seen.count == result.count(of: which))
        #expect(seen.count > ListFigureMembers.pageSize)
      }
    }
  }

  /// A problem that is registered today and was found before changes the figure of that day only where the
  /// later knowledge is asked for, and then what was known is said beside it.
  @Test(arguments: Engine.available)
  func aLateCorrectionShowsAsOne(engine: Engine) async throws {
    try await engine.withSample { platform in
      let office = try await platform.account(.office)
      let day = Day("2026-11-01")!
      let ask = AskFigure(platform.platform)
      var asked = FigureRequest("found_count", asOf: Instant(startOf: day + 1))
      let before = try await ask(asked, for: nil).total.denominator
      _ = try await RegisterProblem(platform.platform)(
        Registration(
          track: "village", title: "桥面塌陷", detail: "", concerns: "柳林镇/河湾村",
          foundOn: day.description), by: office)
      let then = try await ask(asked, for: nil)
      #expect(then.total.denominator == before && then.knownThen == nil)
      asked.knownOn = .now
      let now = try await ask(asked, for: nil)
      #expect(now.knownThen?.denominator == before)
      #expect(now.total.denominator > before)
      #expect(now.query.knownOn > now.query.asOf)
    }
  }

  /// A county's office sees its own county and no other.
  @Test(arguments: Engine.available)
  func figuresKeepToWhatTheAccountMaySee(engine: Engine) async throws {
    try await engine.withSample { platform in
      let ask = AskFigure(platform.platform)
      let county = try await platform.account(.countyOffice, unit: "示例市/清河县")
      let result = try await ask(FigureRequest("found_count", by: .county), for: county)
      #expect(result.query.area?.level == .county && result.groups.count == 1)
      let other = try await platform.platform.database.read { connection in
        try UnitRows.find(name: "示例市", in: connection)[0].unit.id
      }
      await #expect(throws: UseCaseError.self) {
        try await ask(FigureRequest("found_count", area: other), for: county)
      }
      let clerk = try await platform.account(.villageClerk, unit: "柳林镇/河湾村")
      await #expect(throws: UseCaseError.self) {
        try await ask(FigureRequest("found_count"), for: clerk)
      }
      let handler = try await platform.account(.handler, unit: "清河县水利局")
      #expect(
        try await ask(FigureRequest("found_count"), for: handler).query.handler == handler.unit)
    }
  }
}

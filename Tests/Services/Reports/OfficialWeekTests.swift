import Domain
import Services
import Storage
import TestSupport
import Testing

/// An official's week is written from the ledger: what they did and what comes, and nothing that judges
/// them.
@Suite struct OfficialWeekTests {
  @Test(arguments: Engine.available)
  func theWeekIsWrittenAlready(engine: Engine) async throws {
    try await ReportWorld.run(on: engine) { world in
      let own = ReportSubject.official(world.officialID)
      let week = try await world.report(.weekly, own, for: world.official)
      #expect(week.list("registered")?.lines.map(\.day) == [Day("2026-11-23")!])
      #expect(week.list("lines")?.lines.map(\.deeds) == [["acknowledged", "answered"]])
      #expect(week.list("closed")?.lines.map(\.outcome) == [.solved])
      #expect(week.list("coming")?.lines.isEmpty == true)
      #expect(week.sections.allSatisfy { $0.figures == nil && $0.table == nil })
      // No name of a person is frozen with it.
      #expect(week.name == nil)
    }
  }

  /// A line that is open shows with its dates, and overdue ones as well.
  @Test(arguments: Engine.available)
  func whatComesNext(engine: Engine) async throws {
    try await ReportWorld.run(on: engine) { world in
      let id = try await world.found("2026-11-30", world.here, by: world.official)
      try await world.assign(id, to: "清河县水利局", official: world.officialID)
      world.test.advance(seconds: 60)
      let own = ReportSubject.official(world.officialID)
      let week = try await world.report(.weekly, own, ReportWorld.next, for: world.official)
      #expect(week.isDraft)
      let coming = week.list("coming")!.lines
      let problem = try await world.platform.database.read {
        try ProblemHistory.load(id, in: $0)!.problem
      }
      let leg = problem.round!.legs.first { $0.party == .official(world.officialID) }!
      #expect(!coming.isEmpty && Set(coming.map(\.due)) == Set(leg.openDue.map { $0.instant }))
      world.test.set("2026-12-13 09:00")
      let later = try await world.report(
        .weekly, own, ReportWorld.next.next, for: world.official)
      #expect(later.list("coming")!.lines.contains { $0.lamp == .red })
    }
  }

  /// Visits as they stood: a visit that is moved afterwards does not change what was handed in.
  @Test(arguments: Engine.available)
  func visits(engine: Engine) async throws {
    try await engine.withSample { test in
      let world = try await ReportWorld(test)
      let id = try await world.register.official("张三丰")
      let visitor = try await test.account(.official, official: id)
      let mill = try await world.register.enterprise("清河面粉有限公司")
      func plan(_ day: String) async throws -> VisitID {
        var draft = VisitDraft()
        (draft.day, draft.kind, draft.purpose) = (day, "call", "了解用工")
        return try await PlanVisit(world.platform)(draft, to: mill, by: visitor)
      }
      test.set("2026-11-23 09:00")
      let held = try await plan("2026-11-25")
      let planned = try await plan("2026-12-03")
      test.set("2026-11-25 17:00")
      try await ActOnVisit(world.platform)(.hold("缺普工十人"), on: held, by: visitor)
      test.set("2026-11-30 09:00")
      let own = ReportSubject.official(id)
      let address = world.address(.weekly, own)
      let week = try await world.report(.weekly, own, for: visitor)
      #expect(week.list("visits")?.lines.map(\.title) == ["缺普工十人"])
      #expect(week.list("visits")?.lines.map(\.concerns) == ["清河面粉有限公司"])
      #expect(week.list("coming")?.lines.map(\.day) == [Day("2026-12-03")!])
      try await IssueReport(world.platform)(address, by: visitor)
      test.set("2026-12-01 09:00")
      try await ActOnVisit(world.platform)(.cancel("企业停产检修"), on: planned, by: visitor)
      test.advance(seconds: 60)
      let check = try await CheckReport(world.platform)(address, for: visitor)
      #expect(check.findings.isEmpty && check.differences.isEmpty)
      #expect(try await world.report(.weekly, own, for: visitor).list("coming")?.count == 1)
    }
  }

  /// Handed in on a Friday it is of that Friday, and stays.
  @Test(arguments: Engine.available)
  func handedInBeforeTheWeekend(engine: Engine) async throws {
    try await ReportWorld.run(on: engine) { world in
      let own = ReportSubject.official(world.officialID)
      world.test.set("2026-12-04 16:00")
      // What they did a moment ago is in it, too.
      _ = try await world.found("2026-12-04", world.here, by: world.official)
      world.test.advance(seconds: 3)
      let address = world.address(.weekly, own, ReportWorld.next)
      try await WriteReportRemark(world.platform)(
        "机井配件缺货，请协调。", in: "notes", of: address, by: world.official)
      try await IssueReport(world.platform)(address, by: world.official)
      world.test.advance(seconds: 1)
      _ = try await world.found("2026-12-04", world.here, by: world.official)
      world.test.set("2026-12-09 09:00")
      let shown = try await ShowReport(world.platform)(address, for: world.county)
      #expect(shown.content.list("registered")?.count == 1 && shown.name == "李四")
      #expect(shown.content.sections.last?.remark == "机井配件缺货，请协调。")
      let check = try await CheckReport(world.platform)(address, for: world.county)
      #expect(check.findings.isEmpty)
    }
  }
}

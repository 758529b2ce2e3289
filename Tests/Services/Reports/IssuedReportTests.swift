import Domain
import Services
import Storage
import TestSupport
import Testing

/// Words are kept with their history; an issued report never changes, and can be counted again.
@Suite struct IssuedReportTests {
  private func write(
    _ text: String, _ world: ReportWorld, in section: String = "plans"
  ) async throws {
    try await WriteReportRemark(world.platform)(
      text, in: section, of: world.address(.weekly), by: world.office)
  }

  @Test(arguments: Engine.available)
  func wordsAreKeptWithTheirHistory(engine: Engine) async throws {
    try await ReportWorld.run(on: engine) { world in
      for text in ["下周抓好 3 件事。", "下周抓好 4 件事。", ""] {
        try await write(text, world)
        world.test.advance(seconds: 60)
      }
      let shown = try await ShowReport(world.platform)(world.address(.weekly), for: world.office)
      let remark = shown.remarks["plans"]
      #expect(remark?.text == nil)
      #expect(remark?.changes.map(\.text) == [nil, "下周抓好 4 件事。", "下周抓好 3 件事。"])
      await #expect(throws: ReportRefusal.long) {
        try await write(String(repeating: "字", count: 2001), world)
      }
      try await write(String(repeating: "字", count: 2000), world)
      await #expect(throws: ReportRefusal.section) { try await write("…", world, in: "nowhere") }
      #expect(try await ReplayLedger(world.platform)().differences.isEmpty)
    }
  }

  @Test(arguments: Engine.available)
  func anIssuedReportStays(engine: Engine) async throws {
    try await ReportWorld.run(on: engine) { world in
      try await write("下周抓好机井维修。", world)
      let address = world.address(.weekly)
      world.test.set("2026-11-29 23:59")
      await #expect(throws: ReportRefusal.running) {
        try await IssueReport(world.platform)(address, by: world.office)
      }
      world.test.set("2026-11-30 09:00")
      let before = try await world.report(.weekly)
      try await IssueReport(world.platform)(address, by: world.office)
      await #expect(throws: ReportRefusal.issued) {
        try await IssueReport(world.platform)(address, by: world.office)
      }
      await #expect(throws: ReportRefusal.issued) { try await write("改一改", world) }
      let shown = try await ShowReport(world.platform)(address, for: world.office)
      #expect(shown.issued?.head.digest.count == 64 && !shown.mayWrite)
      #expect(shown.content.differences(from: before).isEmpty)
      #expect(shown.content.sections.last?.remark == "下周抓好机井维修。")
      try await goOn(world)
      let later = try await ShowReport(world.platform)(address, for: world.office)
      #expect(later.content == shown.content)
      let check = try await CheckReport(world.platform)(address, for: world.office)
      #expect(check.findings.isEmpty && check.differences.isEmpty)
      #expect(check.compared > 100)
      // With what is known now there is one more.
      let since = check.knownSince.first { $0.place == "found_count/now/denominator" }
      #expect([since?.was, since?.now] == ["6", "7"])
      #expect(try await ReplayLedger(world.platform)().differences.isEmpty)
    }
  }

  /// A month of further events: closures, a redo, a late registration, a change of handlers.
  private func goOn(_ world: ReportWorld) async throws {
    world.test.set("2026-12-02 09:00")
    _ = try await world.found("2026-11-27", world.here)
    let open = try await world.report(.weekly, nil, ReportWorld.next).list("overdue")!.lines
    let late = open.compactMap(\.problem)
    for id in late {
      try await world.act(
        .command(.feedback(leg: nil, text: "正在采购")), id,
        world.water)
    }
    world.test.set("2026-12-20 09:00")
    let shelved = try await world.report(.weekly).list("shelved")!.lines.compactMap(\.problem)
    for id in shelved {
      try await world.act(.command(.unshelve(text: "资金到位")), id, world.director)
    }
    world.test.set("2027-01-05 09:00")
    let closed = try await world.report(.weekly).list("closed_list")!.lines.compactMap(\.problem)
    for id in closed {
      try await world.act(.command(.reopen(text: "又坏了")), id, world.office)
    }
    world.test.advance(seconds: 60)
  }

  @Test(arguments: Engine.available)
  func aForgedReportIsCaught(engine: Engine) async throws {
    try await ReportWorld.run(on: engine) { world in
      let address = world.address(.weekly)
      try await IssueReport(world.platform)(address, by: world.office)
      func findings() async throws -> [CheckReport.Finding] {
        try await CheckReport(world.platform)(address, for: world.office).findings
      }
      func forge(_ sql: String) async throws {
        _ = try await world.platform.database.write { try $0.run(sql, []) }
      }
      #expect(try await findings() == [])
      try await forge(
        """
        update reports
        set content = replace(content, '"denominator":6', '"denominator":5')
        """)
      #expect(try await findings() == [.digest, .ledger, .numbers])
      let replay = try await ReplayLedger(world.platform)().differences
      #expect(replay.map(\.table) == ["reports"] && replay.map(\.column) == ["content"])
      try await forge(
        """
        update reports
        set content = replace(content, '"denominator":5', '"denominator":6')
        """)
      #expect(try await findings() == [])
      // A problem's row that was made up shows in the count.
      try await forge("update problem_spans set closed_at = assigned_at where closed_at is null")
      #expect(try await findings() == [.numbers])
    }
  }
}

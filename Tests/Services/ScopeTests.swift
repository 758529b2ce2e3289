import Domain
import Services
import Storage
import TestSupport
import Testing

/// Who sees which problem: the list and the single problem say the same, and neither shows more than the
/// reach in the table of rights.
@Suite struct ScopeTests {
  /// Two counties side by side, with a problem each, and one of the other county in which a department of
  /// the first has a leg.
  private struct World {
    let test: TestPlatform
    let office: Account
    let county: Account
    let ours: ProblemID
    let theirs: ProblemID
    let shared: ProblemID

    init(_ test: TestPlatform) async throws {
      self.test = test
      try await test.importRows(
        .divisions, "code,name\n990122000000,清江县\n990122101000,大河镇\n990122101200,大河村")
      try await test.importRows(.units, "名称,类型,上级\n清江县水利局,部门,示例市/清江县")
      office = try await test.account(.office)
      county = try await test.account(.countyOffice, unit: "示例市/清河县/清河县活动办")
      ours = try await Self.register("示例市/清河县/柳林镇/河湾村", test, office)
      theirs = try await Self.register("示例市/清江县/大河镇/大河村", test, office)
      shared = try await Self.register("示例市/清江县/大河镇/大河村", test, office)
      for command in [
        ActOnProblem.Request.command(
          .judge(category: "infrastructure", difficulty: .general, tier: "", note: "")),
        .assign(.init(unit: "示例市/清河县/清河县水利局")),
      ] {
        _ = try await ActOnProblem(test.platform)(command, on: shared, seen: nil, by: office)
      }
    }

    static func register(
      _ place: String, _ test: TestPlatform, _ account: Account
    ) async throws -> ProblemID {
      try await RegisterProblem(test.platform)(
        Registration(track: "village", title: "机井损坏", detail: "", concerns: place, foundOn: ""),
        by: account)
    }

    func listed(for account: Account) async throws -> Set<ProblemID> {
      var filter = ProblemFilter()
      filter.state = nil
      return Set(
        try await ListProblems(test.platform)(filter, before: nil, for: account).items.map(\.id))
    }

    func shows(_ id: ProblemID, to account: Account) async throws -> Bool {
      do {
        _ = try await ShowProblem(test.platform)(id, for: account)
        return true
      } catch UseCaseError.notFound {
        return false
      }
    }
  }

  private func onEach(_ engine: Engine, _ body: (World) async throws -> Void) async throws {
    try await engine.withSample { try await body(World($0)) }
  }

  @Test(arguments: Engine.available)
  func countyOfficeSeesItsCountyAndItsUnitsLegs(engine: Engine) async throws {
    try await onEach(engine) { world in
      let listed = try await world.listed(for: world.county)
      #expect(listed.contains(world.ours) && listed.contains(world.shared))
      #expect(!listed.contains(world.theirs))
      for id in [world.ours, world.theirs, world.shared] {
        let shows = try await world.shows(id, to: world.county)
        #expect(shows == listed.contains(id))
      }
    }
  }

  /// Another county's problem is not the office's to judge, withdraw or close; its own is.
  @Test(arguments: Engine.available)
  func countyOfficeGovernsItsOwnOnly(engine: Engine) async throws {
    try await onEach(engine) { world in
      let show = ShowProblem(world.test.platform)
      let ours = try await show(world.ours, for: world.county).options.map(\.action)
      #expect(ours.contains(.judge) && ours.contains(.decline))
      let shared = try await show(world.shared, for: world.county).options.map(\.action)
      #expect(Set(shared).isSubset(of: ProblemAction.handling))
      #expect(shared.contains(.acknowledge))
      await #expect(throws: UseCaseError.self) {
        _ = try await ActOnProblem(world.test.platform)(
          .command(.withdraw(leg: 1, text: "不办了")), on: world.shared, seen: nil, by: world.county)
      }
      let orders = try await ListOrders(world.test.platform)(
        .init(), before: nil, for: world.county
      ).items
      #expect(!orders.isEmpty)
      await #expect(throws: UseCaseError.self) {
        try await RevokeOrder(world.test.platform)(orders[0].id, reason: "误发", by: world.county)
      }
    }
  }

  @Test(arguments: Engine.available)
  func countyOfficesToDosAreOfItsCounty(engine: Engine) async throws {
    try await onEach(engine) { world in
      let tasks = try await ShowTasks(world.test.platform)(for: world.county, limit: 1000)
      let all = try await ShowTasks(world.test.platform)(for: world.office, limit: 1000)
      #expect(tasks.contains { $0.problem == world.ours })
      #expect(!tasks.contains { $0.problem == world.theirs || $0.problem == world.shared })
      #expect(all.contains { $0.problem == world.theirs })
      #expect(try await CountTasks(world.test.platform)(for: world.county) == tasks.count)
      #expect(try await CountTasks(world.test.platform)(for: world.office) == all.count)
    }
  }

  /// A claim of a unit here for another county's problem is that county's to check.
  @Test(arguments: Engine.available)
  func countyOfficeChecksItsOwnOnly(engine: Engine) async throws {
    try await onEach(engine) { world in
      let handler = try await world.test.account(.handler, unit: "示例市/清河县/清河县水利局")
      let own = try await World.register(
        "示例市/清河县/柳林镇/石桥村", world.test, world.office)
      for command in [
        ActOnProblem.Request.command(
          .judge(category: "infrastructure", difficulty: .general, tier: "", note: "")),
        .assign(.init(unit: "示例市/清河县/清河县水利局")),
      ] {
        _ = try await ActOnProblem(world.test.platform)(
          command, on: own, seen: nil, by: world.office)
      }
      for problem in [own, world.shared] {
        let round = try await ShowProblem(world.test.platform)(problem, for: world.office)
          .problem.round
        for leg in round?.legs ?? [] where leg.role != .lead {
          _ = try await ActOnProblem(world.test.platform)(
            .command(.answer(leg: leg.number, text: "属实")), on: problem, seen: nil,
            by: world.office)
        }
        _ = try await ActOnProblem(world.test.platform)(
          .command(.claim(outcome: .solved, result: "已修好", evidence: "照片")), on: problem,
          seen: nil, by: handler)
      }
      let list = ListVerification(world.test.platform)
      let office = try await list(.verify, after: nil, for: world.office).page.items
      #expect(Set(office.map(\.problem)) == [own, world.shared])
      let county = try await list(.verify, after: nil, for: world.county).page.items
      #expect(county.map(\.problem) == [own])
    }
  }

  @Test(arguments: Engine.available)
  func villageClerkSeesAndRegistersForTheVillage(engine: Engine) async throws {
    try await onEach(engine) { world in
      let clerk = try await world.test.account(.villageClerk, unit: "柳林镇/河湾村")
      let before = try await world.listed(for: clerk)
      #expect(before.contains(world.ours) && !before.contains(world.theirs))
      let own = try await World.register("示例市/清河县/柳林镇/河湾村", world.test, clerk)
      let after = try await world.listed(for: clerk)
      #expect(after == before.union([own]))
      await #expect(throws: UseCaseError.self) {
        _ = try await World.register("示例市/清河县/柳林镇/石桥村", world.test, clerk)
      }
      let options = try await ShowProblem(world.test.platform)(own, for: clerk).options
      #expect(options.isEmpty)
    }
  }

  /// The asker reads what happens to the problem; notes of the office and objections of handlers are theirs.
  @Test(arguments: Engine.available)
  func askersReadResultsNotNotes(engine: Engine) async throws {
    try await onEach(engine) { world in
      let clerk = try await world.test.account(.villageClerk, unit: "柳林镇/河湾村")
      _ = try await ActOnProblem(world.test.platform)(
        .command(.judge(category: "infrastructure", difficulty: .general, tier: "", note: "内部意见")),
        on: world.ours, seen: nil, by: world.office)
      let shown = try await ShowProblem(world.test.platform)(world.ours, for: clerk)
      #expect(shown.problem.state == .judged)
      #expect(!shown.steps.isEmpty)
      #expect(
        shown.steps.allSatisfy {
          if case .judged = $0.event { false } else { true }
        })
    }
  }

  /// What a county's office registers, by hand or by a table, concerns its county; what concerns another is
  /// not made its own by writing it down.
  @Test(arguments: Engine.available)
  func countyOfficeRegistersForItsCountyOnly(engine: Engine) async throws {
    try await onEach(engine) { world in
      try await world.test.importRows(.enterprises, "企业名称,县区\n甲厂,清河县\n乙厂,清江县")
      let (test, county) = (world.test, world.county)
      let table = """
        轨道,问题,涉及对象,发现日期
        联乡帮村,渠道堵塞,示例市/清河县/柳林镇/河湾村,2026-01-05
        联乡帮村,渠道堵塞,示例市/清江县/大河镇/大河村,2026-01-05
        万人助企,用电不稳,甲厂,2026-01-05
        万人助企,用电不稳,乙厂,2026-01-05
        """
      let report = try await test.importRows(
        .problems, table, ImportMode(acceptGoodRows: true), by: county)
      #expect(report.codes == ["3 outside_scope", "5 outside_scope"])
      #expect(report.added == 2)
      func register(_ track: String, _ concerns: String) async throws {
        _ = try await RegisterProblem(test.platform)(
          Registration(track: track, title: "供水不足", detail: "", concerns: concerns, foundOn: ""),
          by: county)
      }
      try await register("enterprise", "甲厂")
      for (track, concerns) in [("enterprise", "乙厂"), ("village", "示例市/清江县/大河镇/大河村")] {
        await #expect(throws: UseCaseError.self) { try await register(track, concerns) }
      }
    }
  }

  /// Merging changes the other problem and tells its result: it must be the office's own as well.
  @Test(arguments: Engine.available)
  func countyOfficeMergesIntoItsOwnOnly(engine: Engine) async throws {
    try await onEach(engine) { world in
      let platform = world.test.platform
      let second = try await World.register("示例市/清河县/柳林镇/石桥村", world.test, world.county)
      func merge(into id: ProblemID, by account: Account) async throws {
        let number = try await ShowProblem(platform)(id, for: world.office).problem.registration
          .number
        _ = try await ActOnProblem(platform)(
          .merge(into: number, text: "同一件事"), on: second, seen: nil, by: account)
      }
      for beyond in [world.theirs, world.shared] {
        let error = await #expect(throws: UseCaseError.self) {
          try await merge(into: beyond, by: world.county)
        }
        guard case .refused(let reasons) = error else {
          Issue.record("\(String(describing: error))")
          continue
        }
        #expect(reasons == [.unknownProblem])
      }
      try await merge(into: world.ours, by: world.county)
      let state = try await ShowProblem(platform)(second, for: world.office).problem.state
      #expect(state == .merged)
    }
  }

  /// Whose unit has a leg reads the files, but not those that the office withdrew.
  @Test(arguments: Engine.available)
  func countyOfficeReadsWithdrawnFilesOfItsOwnOnly(engine: Engine) async throws {
    let folder = ScratchFolder()
    try await onEach(engine) { world in
      let platform = world.test.platform
      let store = AttachmentStore(folder: folder("files"), vault: platform.vault)
      let read = ReadAttachment(platform, store)
      for (problem, mayRead) in [(world.ours, true), (world.shared, false)] {
        let file = try await AddAttachment(platform, store)(
          Array("现场记录".utf8), name: "a.txt", to: problem, by: world.office)
        _ = try await read(file.id, for: world.county)
        _ = try await WithdrawAttachment(platform)(file.id, reason: "传错了", by: world.office)
        if mayRead {
          _ = try await read(file.id, for: world.county)
        } else {
          await #expect(throws: AttachmentRefusal.withdrawn) {
            _ = try await read(file.id, for: world.county)
          }
        }
      }
    }
  }

  @Test(arguments: Engine.available)
  func administratorsSeeNoProblems(engine: Engine) async throws {
    try await onEach(engine) { world in
      for role in Role.allCases where role.isAdministrator {
        let account = try await world.test.account(role)
        await #expect(throws: UseCaseError.self) { _ = try await world.listed(for: account) }
        await #expect(throws: UseCaseError.self) {
          _ = try await world.shows(world.ours, to: account)
        }
      }
    }
  }
}

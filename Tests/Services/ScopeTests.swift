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

import Domain
import Services
import Storage
import TestSupport
import Testing

@Suite struct BulkTests {
  private func register(
    _ title: String, track: String = "enterprise", _ test: TestPlatform, _ office: Account
  ) async throws -> BulkPick {
    let id = try await RegisterProblem(test.platform)(
      Registration(
        track: track, title: title, detail: "",
        concerns: track == "village" ? "柳林镇/河湾村" : "某厂", foundOn: "2026-11-19"), by: office)
    return BulkPick(id, version: 1)
  }

  private func state(
    _ pick: BulkPick, _ test: TestPlatform, _ account: Account
  ) async throws -> ProblemState {
    try await ShowProblem(test.platform)(pick.problem, for: account).problem.state
  }

  private func verdict(_ result: BulkResult) -> String {
    switch result.verdict {
    case .done: "done"
    case .refused(let reasons): reasons.map(\.rawValue).joined(separator: " ")
    case .changed: "changed"
    case .gone: "gone"
    case .failed: "failed"
    }
  }

  private let judge = BulkDeed.judge(
    category: "logistics", difficulty: .general, tier: "", note: "")

  /// What cannot be done to one stops none of the others; the preview says the same beforehand, and
  /// changes nothing.
  @Test(arguments: Engine.available)
  func eachIsDoneOrSaysWhyNot(engine: Engine) async throws {
    try await engine.withSample { test in
      let office = try await test.account(.office)
      let first = try await register("甲", test, office)
      // Villages have no such category.
      let village = try await register("乙", track: "village", test, office)
      let changed = try await register("丙", test, office)
      let last = try await register("丁", test, office)
      _ = try await ActOnProblem(test.platform)(
        .command(.accept), on: changed.problem, seen: nil, by: office)
      let nowhere = BulkPick(ProblemID(5), version: 1)
      let picks = [first, village, changed, nowhere, last]
      let expected = ["done", "unknown_category", "changed", "gone", "done"]
      let preview = try await PreviewBulk(test.platform)(judge, on: picks, by: office)
      #expect(preview.results.map(verdict) == expected)
      #expect(try await state(first, test, office) == .registered)
      let results = await RunBulk(test.platform)(judge, on: picks, by: office)
      #expect(results.map(verdict) == expected)
      #expect(results.map(\.pick) == picks)
      let states = [
        try await state(first, test, office), try await state(village, test, office),
        try await state(changed, test, office), try await state(last, test, office),
      ]
      #expect(states == [.judged, .registered, .accepted, .judged])
      // Sent again, nothing is done twice.
      let again = await RunBulk(test.platform)(judge, on: [first, last], by: office)
      #expect(again.map(verdict) == ["changed", "changed"])
    }
  }

  @Test(arguments: Engine.available)
  func assigningAndUrgingManyIssuesEachItsOrders(engine: Engine) async throws {
    try await engine.withSample { test in
      let office = try await test.account(.office)
      var picks: [BulkPick] = []
      for title in ["甲", "乙", "丙"] { picks.append(try await register(title, test, office)) }
      let judged = await RunBulk(test.platform)(judge, on: picks, by: office)
      picks = judged.map { BulkPick($0.pick.problem, version: $0.problem!.version) }
      let assign = BulkDeed.assign(.init(unit: "清河县水利局"))
      let preview = try await PreviewBulk(test.platform)(assign, on: picks, by: office)
      #expect(preview.units.values.map { $0 } == ["清河县水利局"])
      let assigned = await RunBulk(test.platform)(assign, on: picks, by: office)
      #expect(assigned.map(verdict) == ["done", "done", "done"])
      let versions = assigned.map { BulkPick($0.pick.problem, version: $0.problem!.version) }
      let urged = await RunBulk(test.platform)(.urge(text: "请抓紧"), on: versions, by: office)
      #expect(urged.map(verdict) == ["done", "done", "done"])
      for pick in picks {
        var filter = OrderFilter()
        filter.problem = pick.problem
        let orders = try await ListOrders(test.platform)(filter, before: nil, for: office).items
        #expect(Set(orders.map(\.kind)) == [.assignment, .urging])
      }
    }
  }

  /// Rights are each use case's: a handler cannot judge what it sees, nor touch what it does not.
  @Test(arguments: Engine.available)
  func aHandlerCannot(engine: Engine) async throws {
    try await engine.withSample { test in
      let office = try await test.account(.office)
      let handler = try await test.account(.handler, unit: "清河县水利局")
      let hidden = try await register("甲", test, office)
      let own = try await register("乙", test, office)
      let judged = await RunBulk(test.platform)(judge, on: [own], by: office)
      let before = try #require(judged.first?.problem?.version)
      let assigned = await RunBulk(test.platform)(
        .assign(.init(unit: "清河县水利局")), on: [BulkPick(own.problem, version: before)],
        by: office)
      let version = try #require(assigned.first?.problem?.version)
      let results = await RunBulk(test.platform)(
        .urge(text: "快"), on: [hidden, BulkPick(own.problem, version: version)], by: handler)
      #expect(results.map(verdict) == ["gone", "not_your_role"])
    }
  }
}

import Domain
import Services
import Storage
import TestSupport
import Testing

@Suite struct OrderTests {
  /// A problem of the sample, and the unit its orders go to.
  private struct Place {
    let office: Account
    let problem: ProblemID
    let unit: UnitID

    init(_ platform: TestPlatform) async throws {
      office = try await platform.account(.director)
      problem = try await ListProblems(platform.platform)(
        ProblemFilter(), before: nil, for: office
      ).items[0].id
      unit = try await FindUnit(platform.platform)("清河县水利局")
    }

    func content(_ kind: OrderKind = .assignment) -> OrderContent {
      .sample(kind, of: problem, to: unit)
    }
  }

  private func issued(
    _ platform: TestPlatform, _ content: OrderContent, series: String = "许帮村交"
  ) async throws -> Order {
    let now = platform.platform.now()
    return try await platform.platform.database.write {
      try OrderHistory.issue(content, series: series, at: now, by: .system, in: $0)
    }
  }

  private func drafted(
    _ platform: TestPlatform, _ content: OrderContent, series: String = "许帮村问",
    by actor: Actor = .system
  ) async throws -> Order {
    let now = platform.platform.now()
    return try await platform.platform.database.write {
      try OrderHistory.draft(content, series: series, at: now, by: actor, in: $0)
    }
  }

  private func expect(
    _ refusals: Order.Refusal..., from work: () async throws -> Order
  ) async {
    do {
      _ = try await work()
      Issue.record("not refused")
    } catch UseCaseError.orderRefused(let found) {
      #expect(found == refusals)
    } catch {
      Issue.record(error)
    }
  }

  private func differences(_ platform: TestPlatform) async throws -> [Difference] {
    try await ReplayLedger(platform.platform)().differences
  }

  // MARK: numbers

  private struct Abandoned: Error {}

  /// Eight writers at once issue one, two or three orders each; every third takes it back. What is
  /// left has the numbers from 1 without gap or double.
  @Test(arguments: Engine.available)
  func numbersHaveNoGapAndNoDouble(engine: Engine) async throws {
    try await engine.withSample { platform in
      let place = try await Place(platform)
      let (database, now) = (platform.platform.database, platform.platform.now())
      let content = place.content()
      await withTaskGroup(of: Void.self) { group in
        for writer in 0..<8 {
          group.addTask {
            for turn in 0..<6 {
              let new = (0...turn % 3).map {
                OrderHistory.New(content, series: $0 == 1 ? "许帮村催" : "许帮村交")
              }
              do {
                try await database.write(exclusively: .issuing) { connection in
                  try OrderHistory.issue(new, at: now, by: .system, in: connection)
                  if (writer + turn) % 3 == 0 { throw Abandoned() }
                }
              } catch is Abandoned {
              } catch {
                Issue.record(error)
              }
            }
          }
        }
      }
      let numbers = try await database.read {
        try $0.rows("select series, number from orders order by series, number") {
          "\(try $0.text(0)) \(try $0.int(1))"
        }
      }
      // A turn issues 1, 2 or 3 orders, the second of them in the other series.
      let assignments = numbers.filter { $0.hasPrefix("许帮村交") }
      let urgings = numbers.filter { $0.hasPrefix("许帮村催") }
      var expected = (0, 0)
      for (writer, turn) in (0..<48).map({ ($0 / 6, $0 % 6) }) where (writer + turn) % 3 != 0 {
        expected.0 += turn % 3 == 2 ? 2 : 1
        expected.1 += turn % 3 == 0 ? 0 : 1
      }
      #expect(Set(assignments) == Set((1...expected.0).map { "许帮村交 \($0)" }))
      #expect(Set(urgings) == Set((1...expected.1).map { "许帮村催 \($0)" }))
      #expect(numbers.count == expected.0 + expected.1)
      #expect(try await differences(platform) == [])
    }
  }

  /// The year is that of Asia/Shanghai: 16:30 UTC on 31 December is the next year's.
  @Test(arguments: Engine.available)
  func eachYearBeginsAtOne(engine: Engine) async throws {
    try await engine.withSample { platform in
      let place = try await Place(platform)
      let content = place.content()
      let first = try await issued(platform, content)
      #expect(first.number?.description == "许帮村交〔2026〕000001号")
      let lastMoment = Instant(startOf: Day("2027-01-01")!) + -1
      platform.advance(seconds: lastMoment - platform.platform.now())
      #expect(try await issued(platform, content).number?.description == "许帮村交〔2026〕000002号")
      platform.advance(seconds: 1)
      #expect(try await issued(platform, content).number?.description == "许帮村交〔2027〕000001号")
      let other = try await issued(platform, content, series: "许助企交")
      #expect(other.number?.description == "许助企交〔2027〕000001号")
      let found = try await ShowOrder(platform.platform)(other.number!, for: place.office)
      #expect(found.order == other)
    }
  }

  // MARK: a draft's way

  @Test(arguments: Engine.available)
  func aDraftHasNoNumberUntilItIsIssued(engine: Engine) async throws {
    try await engine.withSample { platform in
      let place = try await Place(platform)
      let draft = try await drafted(platform, place.content(.urging), series: "许帮村催")
      let thrown = try await drafted(platform, place.content(.urging), series: "许帮村催")
      #expect(draft.number == nil && draft.state == .draft)
      _ = try await DiscardDraft(platform.platform)(thrown.id, reason: "重复", by: place.office)
      let order = try await IssueOrder(platform.platform)(draft.id, by: place.office)
      #expect(order.number?.description == "许帮村催〔2026〕000001号" && order.version == 2)
      await expect(.wrongState) {
        try await IssueOrder(platform.platform)(draft.id, by: place.office)
      }
      await expect(.wrongState) {
        try await IssueOrder(platform.platform)(thrown.id, by: place.office)
      }
      let shown = try await ShowOrder(platform.platform)(draft.id, for: place.office)
      #expect(shown.order == order && shown.steps.count == 2)
      #expect(try await differences(platform) == [])
    }
  }

  @Test(arguments: Engine.available)
  func whoeverDraftedARecommendationDoesNotIssueIt(engine: Engine) async throws {
    try await engine.withSample { platform in
      let place = try await Place(platform)
      let draft = try await drafted(
        platform, place.content(.accountability), by: place.office.actor)
      await expect(.drafterCannotApprove) {
        try await IssueOrder(platform.platform)(draft.id, by: place.office)
      }
      let clerk = try await platform.account(.office)
      await expect(.directorOnly) {
        try await IssueOrder(platform.platform)(draft.id, by: clerk)
      }
      let director = try await platform.account(.director)
      #expect(
        try await IssueOrder(platform.platform)(draft.id, by: director).state == .issued)
    }
  }

  // MARK: what is issued

  @Test(arguments: Engine.available)
  func anOrderIsRevokedByANewOne(engine: Engine) async throws {
    try await engine.withSample { platform in
      let place = try await Place(platform)
      let order = try await issued(platform, place.content())
      let new = try await RevokeOrder(platform.platform)(order.id, reason: "误发", by: place.office)
      #expect(new.number?.number == 2 && new.content.revokes?.number == order.number)
      let old = try await ShowOrder(platform.platform)(order.id, for: place.office).order
      #expect(old.state == .revoked && old.revoked?.by == new.id && old.content == order.content)
      await expect(.wrongState) {
        try await RevokeOrder(platform.platform)(order.id, reason: "误发", by: place.office)
      }
      #expect(try await differences(platform) == [])
    }
  }

  @Test(arguments: Engine.available)
  func theUnitAsksForReviewAndTheRecommendationIsWithdrawn(engine: Engine) async throws {
    try await engine.withSample { platform in
      let place = try await Place(platform)
      let handler = try await platform.account(.handler, unit: "清河县水利局")
      let above = try await platform.account(.handler, unit: "示例市/清河县")
      let draft = try await drafted(platform, place.content(.accountability))
      let order = try await IssueOrder(platform.platform)(draft.id, by: place.office)
      let (request, decide) = (RequestReview(platform.platform), DecideReview(platform.platform))
      for account in [above, place.office] {
        await expect(.notAddressee) { try await request(order.id, grounds: "已延期", by: account) }
      }
      await expect(.noReviewOpen) {
        try await decide(order.id, .upheld, text: "属实", by: place.office)
      }
      platform.advance(days: 30)
      _ = try await request(order.id, grounds: "已延期", by: handler)
      await expect(.reviewedAlready) { try await request(order.id, grounds: "再请", by: handler) }
      await expect(.directorOnly) {
        try await decide(order.id, .withdrawn, text: "延期属实", by: handler)
      }
      let withdrawn = try await decide(order.id, .withdrawn, text: "延期属实", by: place.office)
      #expect(withdrawn.state == .revoked && withdrawn.review?.decided?.decision == .withdrawn)
      let new = try await ShowOrder(platform.platform)(withdrawn.revoked!.by, for: handler).order
      #expect(new.content.revokes?.order == order.id && new.number?.number == 2)
      #expect(try await differences(platform) == [])
    }
  }

  @Test(arguments: Engine.available)
  func onDay31ItIsTooLate(engine: Engine) async throws {
    try await engine.withSample { platform in
      let place = try await Place(platform)
      let handler = try await platform.account(.handler, unit: "清河县水利局")
      let draft = try await drafted(platform, place.content(.accountability))
      let order = try await IssueOrder(platform.platform)(draft.id, by: place.office)
      platform.advance(days: 31)
      await expect(.reviewOver) {
        try await RequestReview(platform.platform)(order.id, grounds: "已延期", by: handler)
      }
    }
  }

  /// The unit's name on paper is that of the day of issue, not of the draft and not of today.
  @Test(arguments: Engine.available)
  func theContentIsFrozenAtIssue(engine: Engine) async throws {
    try await engine.withSample { platform in
      let place = try await Place(platform)
      let draft = try await drafted(platform, place.content(.urging))
      func rename(_ name: String) async throws {
        try await platform.platform.database.write { [unit = place.unit] in
          try $0.run("update units set name = ?1 where id = ?2", [name, unit])
        }
      }
      try await rename("清河县水务局")
      let order = try await IssueOrder(platform.platform)(draft.id, by: place.office)
      #expect(order.content.addressee.name == "清河县水务局")
      try await rename("清河县水利水务局")
      let shown = try await ShowOrder(platform.platform)(order.id, for: place.office).order
      #expect(shown.content.addressee.name == "清河县水务局")
    }
  }

  // MARK: who sees what

  @Test(arguments: Engine.available)
  func aHandlerSeesWhatWasIssuedToItsOwn(engine: Engine) async throws {
    try await engine.withSample { platform in
      let place = try await Place(platform)
      let handler = try await platform.account(.handler, unit: "清河县水利局")
      let other = try await platform.account(.handler, unit: "清河县交通运输局")
      let above = try await platform.account(.handler, unit: "示例市/清河县")
      let order = try await issued(platform, place.content())
      let draft = try await drafted(platform, place.content(.urging))
      let seen: [(Account, [OrderID])] = [
        (place.office, [draft.id, order.id]), (handler, [order.id]), (above, [order.id]),
        (other, []),
      ]
      for (account, ids) in seen {
        let page = try await ListOrders(platform.platform)(
          OrderFilter(), before: nil, for: account)
        #expect(page.items.map(\.id) == ids)
        for id in [draft.id, order.id] where !ids.contains(id) {
          await #expect(throws: UseCaseError.self) {
            try await ShowOrder(platform.platform)(id, for: account)
          }
        }
      }
      await expect(.notYourRole) {
        try await RevokeOrder(platform.platform)(order.id, reason: "不办", by: handler)
      }
    }
  }

  @Test(arguments: Engine.available)
  func listsAreNarrowed(engine: Engine) async throws {
    try await engine.withSample { platform in
      let place = try await Place(platform)
      let now = platform.platform.now()
      let content = place.content()
      try await platform.platform.database.write {
        try OrderHistory.issue(
          (0..<60).map { _ in .init(content, series: "许帮村交") }, at: now, by: .system, in: $0)
      }
      let draft = try await drafted(platform, place.content(.urging))
      let list = ListOrders(platform.platform)
      var filter = OrderFilter()
      filter.state = .draft
      #expect(try await list(filter, before: nil, for: place.office).items.map(\.id) == [draft.id])
      filter = OrderFilter()
      (filter.kind, filter.problem) = (.assignment, place.problem)
      let first = try await list(filter, before: nil, for: place.office)
      #expect(first.items.map { $0.number?.number } == (11...60).reversed().map { $0 })
      let second = try await list(filter, before: first.next, for: place.office)
      #expect(second.items.map { $0.number?.number } == (1...10).reversed().map { $0 })
      #expect(second.next == nil)
    }
  }

  // MARK: the check

  @Test(
    arguments: Engine.available,
    [
      ("update orders set title = 'x' where number = 1", "orders title"),
      ("update orders set content = '{}' where number = 1", "orders content"),
      ("update orders set number = 9 where number = 2", "orders number"),
      ("update order_numbers set last = last + 1", "order_numbers last"),
      ("delete from order_numbers", "order_numbers –"),
      ("delete from orders where state = 'draft'", "orders –"),
      // An order that was taken out of the ledger as well leaves its number behind.
      (
        "delete from orders where number = 2; delete from ledger where kind = 'order.issued' "
          + "and payload like '%000002号%'", "orders number"
      ),
    ])
  func theCheckNoticesWhatDiffers(
    engine: Engine, change: (sql: String, found: String)
  ) async throws {
    try await engine.withSample { platform in
      let place = try await Place(platform)
      for _ in 0..<3 { _ = try await issued(platform, place.content()) }
      _ = try await drafted(platform, place.content(.urging))
      #expect(try await differences(platform) == [])
      try await platform.platform.database.write { try $0.runScript(change.sql) }
      let found = try await differences(platform).map { "\($0.table) \($0.column ?? "–")" }
      #expect(found == [change.found])
    }
  }
}

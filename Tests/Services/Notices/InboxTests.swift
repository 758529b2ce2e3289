import Domain
import Services
import Storage
import TestSupport
import Testing

/// Who finds what in their inbox, and when.
@Suite struct InboxTests {
  /// Who was told since, as `person kind`, in the order of events.
  private func told(
    _ desk: LoopDesk, since: inout Int64, of problem: ProblemID? = nil
  ) async throws -> [String] {
    let after = since
    let rows = try await desk.platform.database.read { connection in
      try connection.rows(
        """
        select id, account_id, kind, problem_id
        from notices
        where id > ?1
        order by id, account_id
        """, [after]
      ) { (id: try $0.int(0), account: AccountID(try $0.int(1)), kind: try $0.text(2)) }
    }
    since = rows.last?.id ?? since
    let names = Dictionary(uniqueKeysWithValues: desk.accounts.map { ($1.id, $0.rawValue) })
    return rows.map { "\(names[$0.account] ?? "?") \($0.kind)" }.sorted()
  }

  private func inbox(
    _ desk: LoopDesk, _ person: Person
  ) async throws -> [NoticeLine] {
    try await ListNotices(desk.platform)(after: nil, for: desk.account(person)).items
  }

  private func unread(_ desk: LoopDesk, _ person: Person) async throws -> Int {
    try await CountUnread(desk.platform)(for: desk.account(person))
  }

  @Test(arguments: Engine.available)
  func aVillageProblemsWay(engine: Engine) async throws {
    try await LoopDesk.run(on: engine) { desk in
      var since: Int64 = 0
      let id = try await desk.register(.village, by: .official).id
      #expect(
        try await told(desk, since: &since)
          == ["colleague registered", "director registered", "office registered"])
      try await desk.act(
        .judge(category: "other", difficulty: .general, tier: "", note: ""), on: id, by: .office)
      #expect(try await told(desk, since: &since) == ["official moved"])
      try await desk.act(desk.assignment(.water, [.roads], track: .village), on: id, by: .office)
      // The official is told of the assignment, and not once more as the one who registered it.
      #expect(
        try await told(desk, since: &since)
          == ["official assigned", "roads assigned", "water assigned"])
      try await desk.act(.acknowledge(leg: 1), on: id, by: .water)
      #expect(try await told(desk, since: &since) == [])
      try await desk.act(.object(leg: 1, text: "不归我"), on: id, by: .water)
      #expect(
        try await told(desk, since: &since) == [
          "colleague asked", "director asked", "office asked",
        ])
      try await desk.act(
        .ruleObjection(leg: 1, upheld: false, text: "归你"), on: id, by: .office)
      #expect(try await told(desk, since: &since) == ["water objection_ruled"])
      _ = try await desk.claim(desk.load(id))
      #expect(
        try await told(desk, since: &since)
          == ["colleague claimed", "director claimed", "office claimed", "water moved"].sorted())
      _ = try await desk.verify(desk.load(id), passed: false)
      #expect(
        try await told(desk, since: &since) == ["official redone", "roads redone", "water redone"])
      // Nobody is told twice of one event, and nobody of what they did themselves.
      let twice = try await desk.platform.database.read { connection in
        try connection.rows(
          "select account_id, id from notices group by account_id, id having count(*) > 1"
        ) { try $0.int(0) }
      }
      #expect(twice.isEmpty)
    }
  }

  /// Whoever speaks for the enterprise is told what becomes of its problems, and of nobody else's.
  @Test(arguments: Engine.available)
  func anEnterpriseIsToldOfItsOwn(engine: Engine) async throws {
    try await LoopDesk.run(on: engine) { desk in
      let mill = try await desk.test.account(.enterprise, enterprise: desk.test.enterprise())
      let problem = try await desk.claimed()
      _ = try await desk.verify(problem)
      _ = try await desk.judged(.village)
      let told = try await ListNotices(desk.platform)(after: nil, for: mill).items
      #expect(told.contains { $0.kind == .evaluationWanted })
      #expect(told.allSatisfy { $0.subject == .problem(problem.id) })
    }
  }

  /// The office has something to judge: a part that was split off is told of like any problem, the rows of a
  /// file are not.
  @Test(arguments: Engine.available)
  func partsAreToldOfAndRowsAreNot(engine: Engine) async throws {
    try await LoopDesk.run(on: engine) { desk in
      let whole = try await desk.register(.village)
      var since: Int64 = 0
      _ = try await told(desk, since: &since)
      try await desk.test.importRows(
        .problems, "轨道,问题,涉及对象,发现日期\n助企,变压器容量不够,清河县示例面粉厂,2026-11-17")
      #expect(try await told(desk, since: &since) == [])
      _ = try await SplitProblem(desk.platform)(
        whole.id, title: "水泵也坏了", detail: "", reason: "两件事", by: desk.account(.office))
      #expect(
        try await told(desk, since: &since).filter { $0.hasSuffix(" registered") }
          == ["colleague registered", "director registered"])
    }
  }

  /// Whoever is moved to another unit keeps nothing of what they were told there and may not see any more.
  @Test(arguments: Engine.available)
  func anotherSeatLeavesNoOldNotices(engine: Engine) async throws {
    try await LoopDesk.run(on: engine) { desk in
      _ = try await desk.assigned()
      let water = desk.account(.water)
      #expect(try await inbox(desk, .water).map(\.kind) == [.assigned])
      let system = try await desk.test.account(.systemAdministrator)
      let security = try await desk.test.account(.securityAdministrator)
      func move(to seat: AccountSeat) async throws {
        try await ChangeSeat(desk.platform)(of: water.id, to: seat, by: system)
        try await DecideGrant(desk.platform)(
          .grant, of: water.id, asked: desk.platform.now(), by: security)
      }
      // Above the unit its problems are still in sight.
      let county = try await FindUnit(desk.platform)("示例市/清河县")
      try await move(to: AccountSeat(.handler, unit: county))
      #expect(try await inbox(desk, .water).map(\.kind) == [.assigned])
      let roads = try await FindUnit(desk.platform)("清河县交通运输局")
      try await move(to: AccountSeat(.handler, unit: roads))
      #expect(try await inbox(desk, .water).isEmpty)
    }
  }

  /// What a closed account was told and kept for itself goes with it; what it shared stays with the office.
  @Test(arguments: Engine.available)
  func aClosedAccountLeavesNothingBehind(engine: Engine) async throws {
    try await LoopDesk.run(on: engine) { desk in
      _ = try await desk.register(.village, by: .official)
      let colleague = desk.account(.colleague)
      for (name, isShared) in [("自己看", false), ("大家看", true)] {
        try await SaveView(desk.platform)(
          name, query: "state=judged", isShared: isShared, isDefault: false, by: colleague)
      }
      try await CloseAccount(desk.platform)(
        colleague.id, by: desk.test.account(.systemAdministrator))
      let left = try await desk.platform.database.read { connection in
        try (
          connection.row("select count(*) from notices where account_id = ?1", [colleague.id]) {
            try $0.int(0)
          },
          SavedViewRows.list(of: colleague.id, withShared: false, in: connection).map(\.name)
        )
      }
      #expect(left.0 == 0 && left.1 == ["大家看"])
    }
  }

  /// The ladder: a reminder, an urging order, then a draft for the director.
  @Test(arguments: Engine.available)
  func whatTimersDoIsTold(engine: Engine) async throws {
    try await LoopDesk.run(on: engine) { desk in
      let id = try await desk.assigned(.enterprise).id
      var since: Int64 = 0
      _ = try await told(desk, since: &since)
      var all: [String] = []
      for _ in 0..<40 where !all.contains("director draft_waiting") {
        desk.test.advance(days: 1)
        try await desk.fire()
        all += try await told(desk, since: &since)
      }
      #expect(all.contains("water due_soon") && all.contains("water urged"))
      #expect(all.contains("director draft_waiting") && !all.contains("office draft_waiting"))
      let draft = try #require(try await inbox(desk, .director).first { $0.kind == .draftWaiting })
      let order = try await ShowOrder(desk.platform)(
        try #require(draft.order), for: desk.account(.director))
      #expect(draft.subject == .problem(id) && order.order.content.kind == .accountability)
      _ = try await IssueOrder(desk.platform)(order.order.id, by: desk.account(.director))
      #expect(try await told(desk, since: &since) == ["water accountability"])
      _ = try await RequestReview(desk.platform)(
        order.order.id, grounds: "已办", by: desk.account(.water))
      #expect(try await told(desk, since: &since) == ["director review_asked"])
      _ = try await DecideReview(desk.platform)(
        order.order.id, .upheld, text: "维持", by: desk.account(.director))
      #expect(try await told(desk, since: &since) == ["water review_decided"])
    }
  }

  /// A village without an account of its own: who handles for the township above is told.
  @Test(arguments: Engine.available)
  func theNextAboveIsTold(engine: Engine) async throws {
    try await LoopDesk.run(on: engine) { desk in
      let id = try await desk.judged(.village).id
      try await desk.act(
        .assign(.init(unit: Party.names[.water]!)), on: id, by: .office)
      #expect(try await inbox(desk, .town).map(\.kind) == [.assigned])
      #expect(try await inbox(desk, .roads).isEmpty)
    }
  }

  @Test(arguments: Engine.available)
  func neverAtNight(engine: Engine) async throws {
    try await LoopDesk.run(on: engine) { desk in
      // A Friday night.
      desk.test.set("2026-11-20 22:10")
      _ = try await desk.assigned(.enterprise)
      #expect(try await unread(desk, .water) == 0)
      #expect(try await inbox(desk, .water).isEmpty)
      desk.test.set("2026-11-21 12:00")
      #expect(try await unread(desk, .water) == 0)
      desk.test.set("2026-11-23 07:29")
      #expect(try await unread(desk, .water) == 0)
      desk.test.set("2026-11-23 07:30")
      #expect(try await unread(desk, .water) == 1)
      #expect(try await inbox(desk, .water).map(\.kind) == [.assigned])
    }
  }

  @Test(arguments: Engine.available)
  func everybodyIsToldAsTheyWant(engine: Engine) async throws {
    try await LoopDesk.run(on: engine) { desk in
      desk.test.set("2026-11-20 10:00")
      let settings = SetNotices(desk.platform)
      try await settings([.claimed: .off], of: desk.account(.office))
      try await settings([.claimed: .bundled], of: desk.account(.colleague))
      // What is obligatory stays, whatever is asked for; so does what cannot reach the role.
      try await settings([.assigned: .off, .claimed: .off], of: desk.account(.water))
      #expect(
        try await settings.modes(of: desk.account(.water)).first { $0.0 == .assigned }?.1 == .on)
      let problem = try await desk.claimed()
      #expect(try await inbox(desk, .water).map(\.kind) == [.assigned])
      #expect(try await inbox(desk, .office).isEmpty)
      #expect(try await inbox(desk, .director).map(\.kind) == [.claimed])
      #expect(try await inbox(desk, .colleague).isEmpty)
      desk.test.set("2026-11-23 08:00")
      let morning = try await inbox(desk, .colleague)
      #expect(Set(morning.map(\.bundle)) == ["claimed", "registered"])
      #expect(morning.allSatisfy { $0.subject == .problem(problem.id) })
    }
  }

  @Test(arguments: Engine.available)
  func whatIsReadCountsNoMore(engine: Engine) async throws {
    try await LoopDesk.run(on: engine) { desk in
      desk.test.set("2026-11-20 10:00")
      let first = try await desk.assigned(.enterprise).id
      _ = try await desk.assigned(.enterprise)
      #expect(try await unread(desk, .water) == 2)
      let read = ReadNotices(desk.platform)
      #expect(try await read(of: first, by: desk.account(.water)))
      #expect(try await read(of: first, by: desk.account(.water)) == false)
      #expect(try await unread(desk, .water) == 1)
      // Unread ones stand first.
      #expect(try await inbox(desk, .water).map(\.isRead) == [false, true])
      try await read.all(by: desk.account(.water))
      #expect(try await unread(desk, .water) == 0)
      // Nobody reads for another.
      #expect(try await unread(desk, .roads) == 0)

      let remove = RemoveOld(desk.platform)
      desk.test.advance(days: 89)
      #expect(try await remove(.notices) == 0)
      desk.test.advance(days: 2)
      #expect(try await remove(.notices, batch: 1) == 1)
      #expect(try await remove(.notices) == 1)
      #expect(try await inbox(desk, .water).isEmpty)
    }
  }

  /// Pages of whole days, each notice on one of them, the unread ones first.
  @Test(arguments: Engine.available)
  func pages(engine: Engine) async throws {
    try await LoopDesk.run(on: engine) { desk in
      desk.test.set("2026-11-16 10:00")
      for _ in 0..<4 {
        for _ in 0..<3 { _ = try await desk.assigned(.enterprise) }
        desk.test.advance(days: 1)
      }
      let water = desk.account(.water)
      try await desk.platform.database.write { connection in
        // The first two days were read.
        try connection.run(
          "update notices set read_at = at where account_id = ?1 and at < ?2",
          [water.id, Instant(startOf: Day("2026-11-18")!)])
      }
      var seen: [NoticeLine] = []
      var key: NoticeList.Key?
      var sizes: [Int] = []
      repeat {
        let page = try await ListNotices(desk.platform)(after: key, for: water, size: 7)
        sizes.append(page.items.count)
        seen += page.items
        key = page.next
      } while key != nil
      #expect(sizes == [6, 6])
      #expect(
        Set(seen.map(\.id)).count == 12
          && seen.map(\.isRead) == Array(repeating: false, count: 6)
            + Array(repeating: true, count: 6)
      )
      #expect(seen.prefix(6).map(\.visible) == seen.prefix(6).map(\.visible).sorted(by: >))
      // A day that fills a page by itself is torn.
      let torn = try await ListNotices(desk.platform)(after: nil, for: water, size: 2)
      #expect(torn.items.count == 2 && torn.next != nil)
    }
  }
}

import Domain
import Foundation
import Services
import Storage
import TestSupport
import Testing

/// Visits from being planned to what came of them, on both engines.
@Suite struct VisitServiceTests {
  private func inWorld(
    _ engine: Engine, _ body: (VisitWorld) async throws -> Void
  ) async throws {
    try await engine.withSample { try await body(VisitWorld($0)) }
  }

  @Test(arguments: Engine.available)
  func aVisitIsMovedAgreedAndHeld(engine: Engine) async throws {
    try await inWorld(engine) { world in
      let id = try await world.plan("2026-11-24", by: world.water)
      var draft = VisitWorld.draft("2026-11-25")
      draft.part = "afternoon"
      try await AnswerVisit(world.platform)(
        .propose(draft, "盘点"), on: id, by: world.enterprise)
      #expect(try await world.visit(id).status == .moved)
      let act = ActOnVisit(world.platform)
      try await act(.accept, on: id, by: world.water)
      #expect(
        try await world.visit(id).date == VisitDate(Day("2026-11-25")!, .afternoon))
      #expect(
        try await world.refusals { try await act(.hold("好"), on: id, by: world.water) }
          == [.notYet])
      #expect(try await world.kinds(of: world.enterprise) == [.visitPlanned, .visitPlanned])
      #expect(try await world.kinds(of: world.water) == [.visitAnswered])
      world.test.set("2026-11-25 17:00")
      try await act(.hold("已帮对接招聘会"), on: id, by: world.water)
      let detail = try await ShowVisit(world.platform)(id, for: world.water)
      #expect(detail.shown.visit.status == .held && detail.options.isEmpty)
      #expect(
        detail.story.changes.reversed().map(\.verb) == ["added", "propose", "accept", "hold"])
      #expect(try await world.isReplayed())
    }
  }

  /// Two a month; a third comes along, inspects with a reason, or was asked for.
  @Test(arguments: Engine.available)
  func theCeiling(engine: Engine) async throws {
    try await inWorld(engine) { world in
      let first = try await world.plan("2026-11-24", by: world.water)
      try await world.plan("2026-11-26", by: world.official)
      let traffic = world.traffic
      #expect(
        try await world.refusals { try await world.plan("2026-11-30", by: traffic) } == [.ceiling])
      // December has room.
      let later = try await world.plan("2026-12-01", by: traffic)
      let back = ActOnVisit.Request.move(VisitWorld.draft("2026-11-30"))
      #expect(
        try await world.refusals {
          try await ActOnVisit(world.platform)(back, on: later, by: traffic)
        }
          == [.ceiling])
      #expect(
        try await world.refusals {
          try await world.plan("2026-11-27", by: traffic, kind: "inspection")
        } == [.basisMissing])
      try await world.plan("2026-11-27", by: traffic, kind: "inspection", basis: "道路运输条例")
      let joined = try await world.plan("", by: world.county, unit: "柳林镇", joining: first)
      #expect(try await world.visit(joined).date == world.visit(first).date)
      try await AskForVisit(world.platform)(
        VisitWorld.draft("2026-11-30"), by: world.enterprise)
      let november = try await EnterpriseCalendar(world.platform)(
        world.mill, VisitMonth("2026-11")!, for: traffic)
      #expect(november.load == 3 && november.visits.count == 5)
      #expect(try await world.isReplayed())
    }
  }

  /// 有求必应: what the enterprise asks for comes, whatever is full and however quiet it is.
  @Test(arguments: Engine.available)
  func whatWasAskedFor(engine: Engine) async throws {
    try await inWorld(engine) { world in
      let quiet = AskToBeLeftAlone(world.platform)
      try await quiet(until: "2026-12-20", note: "停产检修", by: world.enterprise)
      #expect(
        try await world.refusals { try await world.plan("2026-12-20", by: world.water) }
          == [.quiet])
      try await world.plan("2026-12-21", by: world.water)
      try await AskForVisit(world.platform)(
        VisitWorld.draft("2026-11-23"), by: world.enterprise)
      #expect(
        try await world.refusals {
          try await AskForVisit(world.platform)(
            VisitWorld.draft("2026-11-23"), by: world.enterprise)
        } == [.doubled])
      #expect(try await world.kinds(of: world.county) == [.visitAsked])
      let open = try await ListVisits(world.platform)(.open, after: nil, for: world.county).items
      let asked = try #require(open.first { $0.visit.status == .asked })
      // Nobody of another county takes it up.
      let take = ActOnVisit.Request.take(VisitWorld.draft("2026-11-24", unit: "清河县水利局"))
      #expect(
        try await world.isHidden {
          try await ActOnVisit(world.platform)(take, on: asked.id, by: world.otherCounty)
        })
      try await ActOnVisit(world.platform)(take, on: asked.id, by: world.county)
      #expect(try await world.visit(asked.id).status == .planned)
      try await quiet.end(by: world.enterprise)
      try await world.plan("2026-11-27", by: world.traffic)
      #expect(try await world.isReplayed())
    }
  }

  /// Who is in charge of an enterprise is asked together with the office.
  @Test(arguments: Engine.available)
  func thePairedOfficialIsAsked(engine: Engine) async throws {
    try await inWorld(engine) { world in
      let official = try #require(world.official.official)
      try await world.platform.database.write { connection in
        let pairing = Pairing(
          official: official, target: .enterprise(world.mill), begins: Day("2026-11-01")!,
          cause: .plan)
        try PairingRows.add(
          [pairing], at: world.platform.now(), by: .system, in: connection)
      }
      try await AskForVisit(world.platform)(
        VisitWorld.draft("2026-11-24"), by: world.enterprise)
      #expect(try await world.kinds(of: world.official) == [.visitAsked])
      #expect(try await world.kinds(of: world.water) == [])
      let calendar = try await EnterpriseCalendar(world.platform)(
        world.mill, VisitMonth("2026-11")!, for: world.official)
      let asked = try #require(calendar.visits.first)
      try await ActOnVisit(world.platform)(
        .take(VisitWorld.draft("2026-11-25")), on: asked.id, by: world.official)
      #expect(try await world.visit(asked.id).visitor?.official == official)
    }
  }

  /// One goes together with another: they share its day and its end; who stays away leaves it to the next.
  @Test(arguments: Engine.available)
  func together(engine: Engine) async throws {
    try await inWorld(engine) { world in
      let act = ActOnVisit(world.platform)
      let host = try await world.plan("2026-11-24", by: world.water)
      let guest = try await world.plan("2026-11-27", by: world.traffic)
      let calendar = EnterpriseCalendar(world.platform)
      let november = VisitMonth("2026-11")!
      let proposals = try await calendar(world.mill, november, for: world.traffic).proposals
      #expect(proposals.map { [$0.first.id, $0.second.id] } == [[host, guest]])
      let prepared = try await PrepareVisit(world.platform)(
        world.mill, on: Day("2026-11-26"), for: world.official)
      #expect(prepared.load == 2 && prepared.visitor == "示例市/清河县/清河县水利局 · 张三丰")
      // The official's own unit's is none to join.
      #expect(prepared.proposals.map(\.id) == [guest])

      try await act(.join(host), on: guest, by: world.traffic)
      #expect(try await world.kinds(of: world.water) == [.visitJoined])
      #expect(try await calendar(world.mill, november, for: world.traffic).load == 1)
      try await act(.move(VisitWorld.draft("2026-11-25")), on: host, by: world.water)
      #expect(try await world.visit(guest).date.day == Day("2026-11-25")!)
      try await act(.cancel("抗旱"), on: host, by: world.water)
      let heir = try await world.visit(guest)
      #expect(heir.status == .planned && heir.date.day == Day("2026-11-25")!)
      #expect(try await world.kinds(of: world.traffic) == [.visitChanged, .visitChanged])

      let third = try await world.plan("", by: world.official, joining: guest)
      let check = try await world.plan(
        "", by: world.county, kind: "inspection", unit: "柳林镇", joining: guest)
      try await AnswerVisit(world.platform)(.decline("停产"), on: guest, by: world.enterprise)
      #expect(try await world.visit(third).status == .declined)
      #expect(try await world.visit(check).status == .planned)
      #expect(try await world.isReplayed())
    }
  }

  /// Who sees and changes what.
  @Test(arguments: Engine.available)
  func scope(engine: Engine) async throws {
    try await inWorld(engine) { world in
      let own = try await world.plan("2026-11-24", by: world.official)
      let other = try await world.plan("2026-11-26", by: world.traffic)
      let list = ListVisits(world.platform)
      for (account, expected) in [
        (world.office, [own, other]), (world.county, [own, other]), (world.leader, [own, other]),
        (world.otherCounty, []), (world.official, [own]), (world.traffic, [other]),
        (world.water, [own]),
      ] {
        let found = try await list(.open, after: nil, for: account).items.map(\.id)
        #expect(found == expected, "\(account.role)")
      }
      // Everybody in the county sees the enterprise's calendar, and only those who come change it.
      let act = ActOnVisit(world.platform)
      for account in [world.official, world.otherCounty] {
        #expect(
          try await world.isHidden { try await act(.cancel("忙"), on: other, by: account) })
      }
      #expect(
        try await world.isHidden {
          _ = try await EnterpriseCalendar(world.platform)(
            world.mill, VisitMonth("2026-11")!, for: world.otherCounty)
        })
      #expect(
        try await world.isHidden {
          _ = try await world.plan("2026-12-01", by: world.otherCounty, unit: "青龙镇")
        })
      let shown = try await ShowVisit(world.platform)(other, for: world.official)
      #expect(shown.options.isEmpty)
      #expect(
        try await world.refusals {
          try await world.plan("2026-12-01", by: world.county, unit: "示例市/白塔县/青龙镇")
        } == [.unitUnknown])
      await #expect(throws: UseCaseError.self) {
        try await world.plan("2026-12-01", by: world.leader)
      }
      await #expect(throws: UseCaseError.self) {
        _ = try await list(.open, after: nil, for: world.enterprise)
      }
      // A city's department may go anywhere; nobody answers for another enterprise.
      let stranger = try await world.test.account(
        .enterprise,
        enterprise: world.platform.database.read {
          try EnterpriseRows.only(named: "柳林机械厂", in: $0)!
        })
      #expect(
        try await world.isHidden {
          try await AnswerVisit(world.platform)(.decline("忙"), on: other, by: stranger)
        })
    }
  }

  /// Nobody was there, nothing was registered, nobody rated: then, and only then, it is listed.
  @Test(arguments: Engine.available)
  func withoutContact(engine: Engine) async throws {
    try await inWorld(engine) { world in
      func silent(_ account: Account, under unit: String = "") async throws -> [String] {
        try await EnterprisesWithoutContact(world.platform)(under: unit, after: nil, for: account)
          .enterprises.map { "\($0.name) \($0.lastContact?.description ?? "–")" }
      }
      let (mill, works, kiln) = ("清河面粉有限公司", "柳林机械厂", "白塔陶瓷厂")
      #expect(Set(try await silent(world.office)) == ["\(mill) –", "\(works) –", "\(kiln) –"])
      #expect(try await silent(world.otherCounty) == ["\(kiln) –"])
      #expect(try await silent(world.office, under: "示例市/白塔县") == ["\(kiln) –"])
      let visit = try await world.plan("2026-11-20", by: world.water)
      // A plan is no contact.
      #expect(try await silent(world.water).count == 2)
      try await ActOnVisit(world.platform)(.hold("好"), on: visit, by: world.water)
      #expect(try await silent(world.water) == ["\(works) –"])
      _ = try await RegisterProblem(world.platform)(
        Registration(
          track: "enterprise", title: "用电不足", detail: "", concerns: works,
          foundOn: "2026-11-20"), by: world.office)
      #expect(try await silent(world.water) == [])
      world.test.advance(days: 60)
      #expect(try await silent(world.water) == [])
      world.test.advance(days: 1)
      #expect(
        Set(try await silent(world.water)) == ["\(mill) 2026-11-20", "\(works) 2026-11-20"])
      await #expect(throws: UseCaseError.self) { try await silent(world.enterprise) }
    }
  }

  /// Pages follow one another without a gap.
  @Test(arguments: Engine.available)
  func pages(engine: Engine) async throws {
    try await inWorld(engine) { world in
      var ids: [VisitID] = []
      for number in 0..<7 {
        let day = Day("2026-11-23")! + number * 16
        ids.append(try await world.plan(day.description, by: world.water))
      }
      let found = try await world.platform.database.read { connection in
        var (all, key): ([VisitID], VisitList.Key?) = ([], nil)
        repeat {
          let page = try VisitList.page(
            .area(path: "/"), .open, after: key, limit: 3, in: connection)
          all += page.items.map(\.id)
          key = page.next.flatMap { VisitList.Key($0.description) }
        } while key != nil
        return all
      }
      #expect(found == ids)
      let names = try await world.platform.database.read { connection in
        var (all, key): ([EnterpriseID], PlaceKey?) = ([], nil)
        repeat {
          let page = try SilentEnterprises.page(
            under: "/", since: Day("2026-11-01")!, after: key, limit: 1, today: Day("2026-11-20")!,
            in: connection)
          all += page.items.map(\.id)
          key = page.next
        } while key != nil
        return all
      }
      #expect(Set(names).count == 3 && names.count == 3)
    }
  }

  /// Two entries of the register were one enterprise: its visits go with it.
  @Test(arguments: Engine.available)
  func merged(engine: Engine) async throws {
    try await inWorld(engine) { world in
      let id = try await world.plan("2026-11-24", by: world.water)
      try await AskToBeLeftAlone(world.platform)(
        until: "2026-12-20", note: "", by: world.enterprise)
      let works = try await world.platform.database.read {
        try EnterpriseRows.only(named: "柳林机械厂", in: $0)!
      }
      try await MergeEnterprises(world.platform)(world.mill, into: works, by: world.office)
      #expect(try await world.visit(id).enterprise == works)
      #expect(
        try await world.platform.database.read {
          try QuietRows.current(of: works, on: Day("2026-12-01")!, in: $0) != nil
        })
      #expect(try await world.isReplayed())
    }
  }
}

/// `Resources/visit-rules.json` and its like.
@Suite struct VisitRulesTests {
  @Test func asShipped() {
    let rules = TestPlatform.data.visitRules
    #expect(rules.all.map(\.number) == [2, 5, 60, 1, 180])
    #expect(rules.all.allSatisfy { $0.source.contains("[ours]") })
  }

  @Test(arguments: [
    (#""number": 2"#, #""number": 0"#, "ceiling: 0 is not from 1 to 31"),
    (#""number": 60"#, #""number": "60""#, "silence_days"),
    (#""version": 1"#, #""version": 0"#, "version 0 is below 1"),
    (#""source": "本平台设定 [ours]""#, #""source": """#, "silence_days: source is empty"),
  ])
  func whatIsWrong(_ from: String, _ to: String, _ expected: String) throws {
    let text = try String(
      contentsOfFile: TestPlatform.root + "/Resources/visit-rules.json", encoding: .utf8)
    let changed = text.replacing(from, with: to, maxReplacements: 1)
    #expect(changed != text)
    do {
      _ = try VisitRulesFile.rules(Array(changed.utf8))
      Issue.record("was taken")
    } catch {
      #expect(error.description.contains(expected), "\(error.description)")
    }
  }
}

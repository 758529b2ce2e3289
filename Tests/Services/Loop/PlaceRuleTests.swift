import Domain
import Services
import Storage
import TestSupport
import Testing

/// DOMAIN.md 5, rule by rule: shelves, masters and parts, tiers, the dispatch guard, batches.
@Suite struct PlaceRuleTests {
  @Test(arguments: Engine.available)
  func whatIsShelvedStaysVisible(engine: Engine) async throws {
    try await LoopDesk.run(on: engine) { desk in
      desk.test.set("2026-03-04 10:00")
      let id = try await desk.judged().id
      func shelve(_ day: String) -> ProblemCommand {
        .shelve(.funds, text: "缺资金", reviewOn: Day(day)!)
      }
      #expect(
        try await desk.refusals(shelve("2026-04-01"), on: id, by: .office) == [.directorDecides])
      #expect(
        try await desk.refusals(shelve("2026-03-04"), on: id, by: .director) == [.dayNotAhead])
      let shelved = try await desk.act(shelve("2026-04-01"), on: id, by: .director)
      #expect(shelved.shelving?.reviewOn == Day("2026-04-01")!)
      #expect(shelved.lamp(at: desk.platform.now()) == .grey)
      var filter = ProblemFilter()
      filter.state = .shelved
      let list = try await ListProblems(desk.platform)(
        filter, before: nil, for: desk.account(.office))
      #expect(list.items.map(\.id) == [id])
      // On the day it is on the office's list, and somebody is reminded once.
      func isTask() async throws -> Bool {
        try await ShowTasks(desk.platform)(for: desk.account(.office)).contains {
          $0.problem == id && $0.kind == .reviewShelving
        }
      }
      desk.test.set("2026-03-31 23:59")
      #expect(!(try await isTask()))
      desk.test.set("2026-04-01 09:00")
      #expect(try await isTask())
      try await desk.fire()
      try await desk.fire()
      #expect(try await desk.kinds(id, after: shelved.version) == ["reminded"])
    }
  }

  @Test(arguments: Engine.available)
  func aPartKeepsItsNumbersAndItsAskerIsTold(engine: Engine) async throws {
    try await LoopDesk.run(on: engine) { desk in
      let part = try await desk.register(.enterprise, source: "A-1")
      let master = try await desk.register(.enterprise, source: "A-2")
      try await desk.act(
        .merge(into: master.registration.number, text: "同一件"), on: part.id, by: .office)
      var problem = try await desk.load(master.id)
      #expect(problem.sources.map(\.number) == ["A-2", "A-1"])
      #expect(try await desk.load(part.id).sources.map(\.number) == ["A-1"])
      try await desk.act(
        .judge(category: "other", difficulty: .general, tier: "", note: ""), on: master.id,
        by: .office)
      problem = try await desk.act(desk.assignment(.water), on: master.id, by: .office)
      problem = try await desk.rate(desk.verify(desk.claim(problem)), .satisfied)
      try await desk.act(.close, on: master.id, by: .office)
      let last = try await desk.steps(part.id).last
      guard case .masterClosed(let told) = last?.event else {
        Issue.record("\(String(describing: last))")
        return
      }
      #expect(told.problem == master.id && told.outcome == .solved && told.result == "已修好")
      // No chains, and its own way again with its own numbers.
      try await desk.act(.unmerge(text: "不是一件"), on: part.id, by: .office)
      #expect(try await desk.load(master.id).sources.map(\.number) == ["A-2"])
    }
  }

  @Test(arguments: Engine.available)
  func aSplitKeepsTheSourceNumbers(engine: Engine) async throws {
    try await LoopDesk.run(on: engine) { desk in
      let whole = try await desk.register(.village, source: "B-7")
      let id = try await SplitProblem(desk.platform)(
        whole.id, title: "修路部分", detail: "", reason: "两件事", by: desk.account(.office))
      let part = try await desk.load(id)
      #expect(part.sources.map(\.number) == ["B-7"] && part.registration.splitFrom == whole.id)
      #expect(part.registration.number != whole.registration.number)
      #expect(try await desk.kinds(whole.id) == ["registered", "split"])
    }
  }

  /// A part has the numbers of the whole; merged into it and out again, each keeps its own.
  @Test func aPartThatComesAndGoesTakesOnlyItsOwnNumbers() async throws {
    try await LoopDesk.run(on: .sqlite) { desk in
      let whole = try await desk.register(.village, source: "B-7")
      let part = try await SplitProblem(desk.platform)(
        whole.id, title: "修路部分", detail: "", reason: "两件事", by: desk.account(.office))
      try await desk.act(
        .merge(into: whole.registration.number, text: "合并"), on: part, by: .office)
      try await desk.act(.unmerge(text: "还是分开"), on: part, by: .office)
      #expect(try await desk.load(whole.id).sources.map(\.number) == ["B-7"])
    }
  }

  @Test(arguments: Engine.available)
  func upThePyramidWithAReason(engine: Engine) async throws {
    try await LoopDesk.run(on: engine) { desk in
      var problem = try await desk.judged(.village, tier: "township")
      let id = problem.id
      problem = try await desk.act(desk.assignment(.water, track: .village), on: id, by: .office)
      let up = ProblemCommand.escalate(reason: "无权限", tried: "已协调三次")
      #expect(
        try await desk.refusals(.escalate(reason: "无权限", tried: " "), on: id, by: .office)
          == [.textMissing])
      problem = try await desk.act(up, on: id, by: .office)
      // Its legs end; the next tier judges and assigns.
      #expect(problem.state == .accepted && problem.round!.openLegs.isEmpty)
      #expect(problem.tier?.code == "county_office")
      for tier in ["city_office", "city_government"] {
        problem = try await desk.act(up, on: id, by: .office)
        #expect(problem.tier?.code == tier)
      }
      #expect(problem.tier?.due == nil)
      #expect(try await desk.refusals(up, on: id, by: .office) == [.noHigherTier])
    }
  }

  /// 国办函〔2025〕66号
  @Test(arguments: Engine.available)
  func workIsNotPushedDownWithoutAReason(engine: Engine) async throws {
    try await LoopDesk.run(on: engine) { desk in
      let id = try await desk.judged(.village, tier: "county_office").id
      for charged in [
        desk.assignment(.town, track: .village), desk.assignment(.water, [.town], track: .village),
      ] {
        #expect(try await desk.refusals(charged, on: id, by: .office) == [.pushedDown])
      }
      let reasoned = try await desk.act(
        desk.assignment(.town, track: .village, pushedDown: "乡镇管护"), on: id, by: .office)
      #expect(reasoned.round?.lead?.isPushedDown == true)
      // What is the township's own is not pushed down.
      let own = try await desk.judged(.village, tier: "township").id
      let assigned = try await desk.act(
        desk.assignment(.town, track: .village), on: own, by: .office)
      #expect(assigned.round?.lead?.isPushedDown == false)
    }
  }

  @Test(arguments: Engine.available)
  func aBatchIsOfOneTrackAndThere(engine: Engine) async throws {
    try await LoopDesk.run(on: engine) { desk in
      let id = try await desk.judged(.enterprise).id
      let other = try await OpenBatch(desk.platform)(
        track: .village, title: "机井", cause: "老化", by: desk.account(.office))
      for batch in [other, BatchID(12345)] {
        let reasons = try await desk.refusals(
          ActOnProblem.Request.joinBatch(batch, text: ""), on: id, by: .office)
        #expect(!reasons.isEmpty, "\(batch)")
      }
    }
  }

  /// Taken off the shelf, or back from its lane, a problem is where it was.
  @Test func whatComesBackIsWhereItWas() async throws {
    try await LoopDesk.run(on: .sqlite) { desk in
      let away: [(ProblemCommand, ProblemCommand)] = [
        (
          .shelve(.funds, text: "缺资金", reviewOn: desk.platform.now().day + 9),
          .unshelve(text: "资金到位")
        ),
        (.refer(.legal, to: "法院", text: "诉讼"), .answerReferral(text: "已判")),
      ]
      for (leave, back) in away {
        let reopened = try await desk.register().id
        try await desk.act(.decline(reason: "不属", instead: "诉讼"), on: reopened, by: .office)
        try await desk.act(.reopen(text: "应受理"), on: reopened, by: .office)
        try await desk.act(leave, on: reopened, by: .director)
        #expect(try await desk.act(back, on: reopened, by: .office).state == .accepted)
        // The next tier judges what the one below had judged.
        let escalated = try await desk.judged().id
        try await desk.act(.escalate(reason: "无权限", tried: "协调"), on: escalated, by: .office)
        try await desk.act(leave, on: escalated, by: .director)
        #expect(try await desk.act(back, on: escalated, by: .office).state == .accepted)
      }
    }
  }
}

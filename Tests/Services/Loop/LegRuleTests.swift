import Domain
import Services
import Storage
import TestSupport
import Testing

/// DOMAIN.md 4 and 5, rule by rule: legs and their clocks. 4 March 2026 is a Wednesday.
@Suite struct LegRuleTests {
  private func dates(_ leg: Leg?) -> [String] {
    leg?.due.map { "\($0.milestone.rawValue) \($0.day.description.dropFirst(5))" } ?? []
  }

  @Test(arguments: Engine.available)
  func aSecondDepartmentGetsAFreshClock(engine: Engine) async throws {
    try await LoopDesk.run(on: engine) { desk in
      desk.test.set("2026-03-04 10:00")
      let id = try await desk.assigned().id
      try await desk.act(.acknowledge(leg: nil), on: id, by: .water)
      try await desk.act(.object(leg: nil, text: "属交通"), on: id, by: .water)
      desk.test.set("2026-03-05 15:00")
      let ruled = try await desk.act(
        .ruleObjection(leg: nil, upheld: true, text: "属实"), on: id, by: .office)
      #expect(ruled.state == .judged)
      desk.test.set("2026-03-06 10:00")
      let second = try await desk.act(desk.assignment(.roads), on: id, by: .office)
      #expect(second.rounds.count == 1)
      #expect(
        dates(second.round?.lead) == [
          "acknowledge 03-09", "first_feedback 03-09", "solve_general 03-13",
        ])
    }
  }

  /// Half of seven days is four, which ends on a Sunday; half of the 31 days to 4 April is 16.
  @Test(arguments: [(Difficulty.general, "answer 03-09"), (.complex, "answer 03-20")])
  func aCoHandlerHasHalfTheTime(difficulty: Difficulty, answer: String) async throws {
    try await LoopDesk.run(on: .sqlite) { desk in
      desk.test.set("2026-03-04 10:00")
      let problem = try await desk.assigned(.enterprise, difficulty, with: [.roads])
      #expect(dates(problem.leg(2)) == ["acknowledge 03-05", answer])
    }
  }

  @Test(arguments: Engine.available, [true, false])
  func bothLinesReport(engine: Engine, handlerFirst: Bool) async throws {
    try await LoopDesk.run(on: engine) { desk in
      let id = try await desk.assigned(.village, with: [.roads]).id
      let reports: [(ProblemCommand, Person)] = [
        (.claim(outcome: .solved, result: "好了", evidence: "照片"), .water),
        (.answer(leg: 3, text: "已看过"), .official),
      ]
      let (first, second) = handlerFirst ? (reports[0], reports[1]) : (reports[1], reports[0])
      let halfway = try await desk.act(first.0, on: id, by: first.1)
      #expect(halfway.state == (handlerFirst ? .inProgress : .assigned))
      let both = try await desk.act(second.0, on: id, by: second.1)
      #expect(both.state == .claimed && both.round?.claimedAt != nil)
      // The co-handler answers the lead handler, who did not wait.
      #expect(both.leg(2)?.withdrawal == .overtaken)
    }
  }

  @Test(arguments: Engine.available)
  func oneExtensionAskedBeforeTheDueInstant(engine: Engine) async throws {
    try await LoopDesk.run(on: engine) { desk in
      desk.test.set("2026-03-04 10:00")
      let id = try await desk.assigned(with: [.roads]).id
      func ask(_ leg: Int?, _ day: String, _ person: Person) async throws -> [Problem.Refusal] {
        try await desk.refusals(
          .askExtension(leg: leg, until: Day(day)!, text: "缺配件"), on: id, by: person)
      }
      #expect(try await ask(nil, "2026-03-11", .water) == [.extensionNotLater])
      desk.test.set("2026-03-11 23:59")
      #expect(try await ask(nil, "2026-03-20", .water) == [])
      // The co-handler's own was due on the 9th.
      #expect(try await ask(2, "2026-03-20", .roads) == [.extensionLate])
      #expect(try await ask(nil, "2026-03-24", .water) == [.extensionUsed])
      desk.test.set("2026-03-12 09:00")
      let extended = try await desk.act(
        .decideExtension(leg: nil, approved: true, text: "同意"), on: id, by: .office)
      #expect(dates(extended.leg(1)).last == "solve_general 03-20")
      #expect(try await ask(nil, "2026-03-24", .water) == [.extensionUsed])
    }
  }

  @Test(arguments: [
    ("2026-03-05 23:59", [Problem.Refusal]()), ("2026-03-06 00:00", [.objectionLate]),
  ])
  func anObjectionComesWithinAWorkingDay(at: String, reasons: [Problem.Refusal]) async throws {
    try await LoopDesk.run(on: .sqlite) { desk in
      desk.test.set("2026-03-04 10:00")
      let id = try await desk.assigned().id
      func object() async throws -> [Problem.Refusal] {
        try await desk.refusals(.object(leg: nil, text: "不归我"), on: id, by: .water)
      }
      #expect(try await object() == [.notAcknowledged])
      try await desk.act(.acknowledge(leg: nil), on: id, by: .water)
      desk.test.set(at)
      #expect(try await object() == reasons)
      if reasons.isEmpty {
        try await desk.act(.ruleObjection(leg: nil, upheld: false, text: "归"), on: id, by: .office)
        #expect(try await object() == [.objectionUsed])
      }
    }
  }

  /// Suspended from Thursday to Monday: Friday to Sunday are wholly covered and do not count.
  @Test(arguments: Engine.available)
  func aSuspendedClockStandsStill(engine: Engine) async throws {
    try await LoopDesk.run(on: engine) { desk in
      desk.test.set("2026-03-04 10:00")
      let id = try await desk.assigned().id
      try await desk.act(.acknowledge(leg: nil), on: id, by: .water)
      desk.test.set("2026-03-05 10:00")
      let suspended = try await desk.act(
        .suspend(leg: nil, text: "等鉴定", basis: "条例"), on: id, by: .office)
      var filter = ProblemFilter()
      filter.overdue = true
      desk.test.set("2026-06-01 10:00")
      #expect(suspended.lamp(at: desk.platform.now()) == .grey)
      let overdue = try await ListProblems(desk.platform)(
        filter, before: nil, for: desk.account(.office))
      #expect(!overdue.items.contains { $0.id == id })
      #expect(try await desk.fire() == 0)
      desk.test.set("2026-03-09 10:00")
      let resumed = try await desk.act(.resume(leg: nil, text: "已出"), on: id, by: .office)
      #expect(
        dates(resumed.round?.lead) == [
          "acknowledge 03-05", "first_feedback 03-10", "solve_general 03-16",
        ])
    }
  }

  /// The month ends on 4 April, in the holiday of Qingming: due on the 7th.
  @Test(arguments: Engine.available)
  func anApprovedPlanStandsForTheMonth(engine: Engine) async throws {
    try await LoopDesk.run(on: engine) { desk in
      desk.test.set("2026-03-04 10:00")
      let id = try await desk.assigned(.enterprise, .complex).id
      let steps = ["2026-03-20", "2026-04-20"].map {
        ProblemEvent.Planned.Step(text: "勘察", owner: "王工", due: Day($0)!)
      }
      var problem = try await desk.act(.plan(leg: nil, steps: steps), on: id, by: .water)
      #expect(dates(problem.round?.lead).last == "solve_complex 04-07")
      #expect(problem.nextDue?.milestone == .firstFeedback)
      problem = try await desk.act(
        .decidePlan(leg: nil, approved: true, text: "同意"), on: id, by: .office)
      problem = try await desk.act(.feedback(leg: nil, text: "已勘察"), on: id, by: .water)
      #expect(
        problem.nextDue.map { "\($0.milestone.rawValue) \($0.day)" } == "plan_step 2026-03-20")
      let claim = ProblemCommand.claim(outcome: .solved, result: "好了", evidence: "照片")
      problem = try await desk.act(.completeStep(leg: nil, step: 1, text: "完"), on: id, by: .water)
      desk.test.set("2026-04-10 10:00")
      // Less than a third of the 47 days to the second step is left; the month is long over.
      #expect(problem.lamp(at: desk.platform.now()) == .yellow)
      #expect(try await desk.refusals(claim, on: id, by: .water) == [.planOpen])
      try await desk.act(.completeStep(leg: nil, step: 2, text: "完"), on: id, by: .water)
      #expect(try await desk.refusals(claim, on: id, by: .water) == [])
    }
  }

  /// Nobody is charged twice: without its lead handler an assignment is over for all, and a redo begins
  /// each line anew once.
  @Test func nobodyHasTwoLegs() async throws {
    try await LoopDesk.run(on: .sqlite) { desk in
      let id = try await desk.assigned(.village, with: [.roads]).id
      try await desk.act(.answer(leg: 3, text: "属实"), on: id, by: .official)
      try await desk.act(.withdraw(leg: nil, text: "错派"), on: id, by: .office)
      var problem = try await desk.act(
        desk.assignment(.water, [.roads], track: .village), on: id, by: .office)
      #expect(problem.round!.openLegs.map(\.number) == [4, 5, 6])
      #expect(problem.round!.leg(2)?.withdrawal == .leadLeft)
      problem = try await desk.verify(desk.claim(problem), passed: false)
      #expect(problem.round!.openLegs.map(\.role) == [.lead, .official, .coHandler])
      // A co-handler that becomes the lead handler has one leg as well.
      try await desk.act(.withdraw(leg: nil, text: "错派"), on: id, by: .office)
      problem = try await desk.act(desk.assignment(.roads, track: .village), on: id, by: .office)
      #expect(problem.round!.openLegs.map(\.role) == [.lead, .official])
    }
  }
}

import Cryptography
import Domain
import Services
import Storage
import TestSupport
import Testing

/// DOMAIN.md 5, rule by rule: the closing gate, the asker's rating, rounds and look-backs.
@Suite struct RoundRuleTests {
  @Test(arguments: Engine.available)
  func aDissatisfiedAskerOpensTheNextRound(engine: Engine) async throws {
    try await LoopDesk.run(on: engine) { desk in
      var problem = try await desk.verify(desk.claimed(.village))
      let id = problem.id
      let first = problem.round!
      desk.test.advance(days: 1)
      problem = try await desk.rate(problem, .dissatisfied)
      #expect(problem.state == .assigned && problem.rounds.count == 2)
      #expect(problem.round!.legs.map(\.party) == first.legs.map(\.party))
      #expect(problem.round!.legs.allSatisfy { $0.assignedAt == desk.platform.now() })
      // The old round stays as it was, with its rating.
      var old = problem.rounds[0]
      #expect(old.rating == .dissatisfied && old.legs == first.legs && old.claim == first.claim)
      #expect(!(try await desk.kinds(id).contains("accountability_drafted")))
      problem = try await desk.verify(desk.claim(problem))
      problem = try await desk.rate(problem, .dissatisfied)
      old = problem.rounds[1]
      #expect(problem.rounds.count == 3)
      #expect(
        try await desk.kinds(id).suffix(3) == ["evaluated", "accountability_drafted", "redone"])
    }
  }

  @Test(arguments: Engine.available)
  func aFailedLookBackIsRedone(engine: Engine) async throws {
    try await LoopDesk.run(on: engine) { desk in
      var problem = try await desk.claimed()
      let id = problem.id
      for expected in [
        ["looked_back", "redone"], ["looked_back", "accountability_drafted", "redone"],
      ] {
        problem = try await desk.rate(desk.verify(problem), .satisfied)
        problem = try await desk.act(.close, on: id, by: .office)
        let version = problem.version
        problem = try await desk.act(.lookBack(passed: false, text: "又坏"), on: id, by: .colleague)
        #expect(try await desk.kinds(id, after: version) == expected)
        #expect(problem.state == .assigned)
        problem = try await desk.claim(problem)
      }
    }
  }

  @Test(arguments: Engine.available)
  func aFailedVerificationIsRedone(engine: Engine) async throws {
    try await LoopDesk.run(on: engine) { desk in
      let claimed = try await desk.claimed()
      let problem = try await desk.verify(claimed, passed: false)
      #expect(problem.state == .assigned && problem.rounds.count == 2)
      #expect(problem.rounds[0].legs == claimed.round?.legs)
    }
  }

  /// Whoever acted for the handler, from the office as well, does not check what came of it.
  @Test(arguments: Engine.available)
  func anotherPersonVerifies(engine: Engine) async throws {
    try await LoopDesk.run(on: engine) { desk in
      let id = try await desk.assigned().id
      try await desk.act(.acknowledge(leg: nil), on: id, by: .office)
      var problem = try await desk.claim(desk.load(id))
      let verify = ProblemCommand.verify(passed: true, text: "属实")
      #expect(try await desk.refusals(verify, on: id, by: .office) == [.handlerCannotVerify])
      #expect(try await desk.refusals(verify, on: id, by: .water).contains(.notYourRole))
      #expect(try await desk.refusals(.close, on: id, by: .colleague) == [.wrongState])
      problem = try await desk.verify(problem)
      #expect(try await desk.refusals(.close, on: id, by: .colleague) == [.wrongState])
    }
  }

  /// Verified on 4 March: the asker has until the end of the 11th.
  @Test(arguments: Engine.available)
  func aVisitTakesTheRatingsPlaceAfterTheWindow(engine: Engine) async throws {
    try await LoopDesk.run(on: engine) { desk in
      desk.test.set("2026-03-04 10:00")
      let id = try await desk.verify(desk.claimed()).id
      let link = try await IssueEvaluationLink(desk.platform)(id, by: desk.account(.office))
      let visit = ProblemCommand.returnVisit(rating: nil, text: "无人应答")
      desk.test.set("2026-03-11 23:59")
      #expect(try await desk.refusals(visit, on: id, by: .office) == [.evaluationWindowOpen])
      desk.test.set("2026-03-12 00:00")
      await #expect(throws: UseCaseError.self) {
        try await EvaluateProblem(desk.platform)(link, rating: .satisfied, text: "")
      }
      #expect(try await desk.refusals(visit, on: id, by: .office) == [])
      let closed = try await desk.act(.close, on: id, by: .office)
      // No answer is none, never satisfied.
      #expect(closed.state == .closed && closed.round?.rating == nil)
    }
  }

  @Test(arguments: Engine.available)
  func oneRatingARoundThroughTheLastLink(engine: Engine) async throws {
    try await LoopDesk.run(on: engine) { desk in
      let id = try await desk.verify(desk.claimed()).id
      let issue = IssueEvaluationLink(desk.platform)
      for person in [Person.water, .roads, .official] {
        await #expect(throws: UseCaseError.self) { try await issue(id, by: desk.account(person)) }
      }
      let first = try await issue(id, by: desk.account(.office))
      let second = try await issue(id, by: desk.account(.office))
      let rate = EvaluateProblem(desk.platform)
      await #expect(throws: UseCaseError.self) {
        try await rate(first, rating: .satisfied, text: "")
      }
      try await rate(second, rating: .basicallySatisfied, text: "")
      await #expect(throws: UseCaseError.self) {
        try await rate(second, rating: .dissatisfied, text: "")
      }
      #expect(try await desk.load(id).round?.rating == .basicallySatisfied)
    }
  }

  @Test(arguments: Engine.available)
  func handlersDoNotSeeWhoSaidWhat(engine: Engine) async throws {
    try await LoopDesk.run(on: engine) { desk in
      let id = try await desk.rate(desk.verify(desk.claimed(.village)), .satisfied).id
      for person in [Person.water, .official, .office] {
        let shown = try await ShowProblem(desk.platform)(id, for: desk.account(person))
        #expect((shown.problem.round?.rating != nil) == person.isOffice)
        #expect(shown.steps.contains { $0.event.isForOffice } == person.isOffice)
      }
    }
  }

  /// Nobody who acted in a round looks back at it either.
  @Test func anotherPersonLooksBack() async throws {
    try await LoopDesk.run(on: .sqlite) { desk in
      let id = try await desk.assigned().id
      try await desk.act(.feedback(leg: nil, text: "代报"), on: id, by: .office)
      let problem = try await desk.rate(desk.verify(desk.claim(desk.load(id))), .satisfied)
      try await desk.act(.close, on: problem.id, by: .office)
      let look = ProblemCommand.lookBack(passed: true, text: "完好")
      #expect(try await desk.refusals(look, on: id, by: .office) == [.handlerCannotVerify])
      #expect(try await desk.refusals(look, on: id, by: .colleague) == [])
      #expect(try await desk.refusals(look, on: id, by: .colleague) == [.alreadyLookedBack])
    }
  }
}

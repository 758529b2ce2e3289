import Domain
import Foundation
import Testing

/// The life of a problem (DOMAIN.md 5), on the procedures as shipped.
@Suite struct ProblemTests {
  private let office = LoopPlay.office
  private let handler = LoopPlay.handler

  /// The states in which each action makes sense, written out from DOMAIN.md 5 a second time.
  @Test func whatCanBeDoneWhere() throws {
    let handling: Set<ProblemAction> = [
      .acknowledge, .feedback, .object, .ruleObjection, .askExtension, .decideExtension, .suspend,
      .resume, .plan, .decidePlan, .completeStep, .answer, .claim, .withdraw, .urge,
      .proposeAccountability,
    ]
    let open: Set<ProblemAction> = [
      .shelve, .refer, .merge, .absorb, .escalate, .split, .joinBatch, .leaveBatch,
    ]
    let expected: [ProblemState: Set<ProblemAction>] = [
      .registered: open.union([.accept, .decline, .judge]),
      .accepted: open.union([.decline, .judge]), .judged: open.union([.judge, .assign]),
      .assigned: open.union(handling), .acknowledged: open.union(handling),
      .inProgress: open.union(handling), .claimed: [.verify, .leaveBatch],
      .verified: [.evaluate, .returnVisit], .evaluated: [.close], .returnVisited: [.close],
      .closed: [.lookBack, .reopen], .declined: [.reopen], .merged: [.unmerge],
      .shelved: [.reviewShelving, .unshelve], .referred: [.answerReferral],
    ]
    for state in ProblemState.allCases {
      #expect(
        Set(ProblemAction.allCases.filter { $0.states.contains(state) }) == expected[state],
        "\(state)")
    }
  }

  @Test func theWholeWay() throws {
    var play = try LoopPlay(.enterprise)
    try play.toVerified()
    try play.act(.evaluate(rating: .satisfied, text: "好"), by: .system)
    try play.act(.close)
    #expect(play.problem.state == .closed)
    #expect(play.problem.round?.rating == .satisfied)
    #expect(play.problem.round?.verifiedBy == office)
    #expect(play.problem.round?.closedAt == play.now)
    #expect(play.problem.tasks(play.procedure, play.calendar) == [])
    #expect(play.problem.timers(play.procedure, play.calendar) == [])
  }

  /// 双交办、双督办、双反馈: both get the order, and it goes to the check when both have reported.
  @Test func aVillageProblemRunsOnTwoLines() throws {
    var play = try LoopPlay(.village)
    try play.toAssigned()
    let legs = try #require(play.problem.round?.legs)
    #expect(legs.map(\.role) == [.lead, .official])
    #expect(legs[0].due.map(\.day) == legs[1].due.map(\.day))
    try play.act(.claim(outcome: .solved, result: "修好", evidence: "照片"), by: handler)
    #expect(play.problem.state == .inProgress)
    #expect(play.problem.round?.claimedAt == nil)
    try play.act(.answer(leg: 2, text: "村里看过，属实"), by: LoopPlay.official)
    #expect(play.problem.state == .claimed)
    // Neither of the two may check it.
    for actor in [handler, LoopPlay.official] {
      #expect(play.reasons(against: .verify, by: actor) == [.handlerCannotVerify])
    }
    #expect(play.reasons(against: .verify, by: office) == [])
  }

  /// Planned, shelved, transferred and declined come with an approval of their own.
  @Test func theHandlerClaimsOnlyWhatItCanAnswerFor() throws {
    var play = try LoopPlay(.enterprise)
    try play.toAssigned()
    for outcome in Outcome.allCases {
      let refused = play.refusals(.claim(outcome: outcome, result: "已办", evidence: "照片"))
      let isRefused = [.planned, .shelved, .transferred, .declined].contains(outcome)
      #expect(refused == (isRefused ? [.outcomeNotClaimable] : []))
    }
  }

  @Test(arguments: [
    (Difficulty.general, MilestoneKind.solveGeneral), (.individual, .solveGeneral),
    (.common, .solveGeneral), (.complex, .solveComplex), (.major, .solveComplex),
  ])
  func difficultyDecidesBetweenTheWeekAndTheMonth(
    difficulty: Difficulty, kind: MilestoneKind
  ) throws {
    var play = try LoopPlay(.enterprise)
    try play.toAssigned(difficulty)
    #expect(
      play.problem.round?.lead?.due.map(\.milestone) == [.acknowledge, .firstFeedback, kind])
  }

  /// No answer is none, never satisfied (DOMAIN.md 2), and a visit waits for the asker's own word.
  @Test func aVisitTakesTheRatingsPlaceAfterTheWindow() throws {
    var play = try LoopPlay(.enterprise)
    try play.toVerified()
    let visit = ProblemCommand.returnVisit(rating: nil, text: "三次未接通")
    #expect(play.refusals(visit) == [.evaluationWindowOpen])
    play.pass(days: 8)
    try play.act(visit)
    #expect(play.problem.state == .returnVisited && play.problem.round?.rating == nil)
  }

  @Test func aFailedCheckAndADissatisfiedAskerOpenANewRound() throws {
    var play = try LoopPlay(.enterprise)
    try play.toClaimed()
    try play.act(.verify(passed: false, text: "未修"))
    #expect(play.problem.rounds.count == 2 && play.problem.state == .assigned)
    // The old round stays as it was.
    #expect(play.problem.rounds[0].claim?.result == "已修好")
    #expect(play.problem.rounds[0].verifiedAt == nil)
    #expect(play.problem.rounds[1].claim == nil)
    play.pass(days: 1)
    try play.claim()
    try play.act(.verify(passed: true, text: "属实"))
    try play.act(.evaluate(rating: .dissatisfied, text: "又坏了"), by: .system)
    #expect(play.problem.rounds.count == 3 && play.problem.state == .assigned)
    #expect(play.problem.rounds[1].rating == .dissatisfied)
    #expect(play.problem.rounds[2].lead?.party == play.problem.rounds[0].lead?.party)
    #expect(play.problem.rounds[2].assignedAt == play.now)
  }

  @Test func feedbackAcknowledges() throws {
    var play = try LoopPlay(.enterprise)
    try play.toAssigned()
    try play.act(.feedback(leg: nil, text: "已派人"), by: handler)
    #expect(play.problem.round?.lead?.acknowledgedAt == play.now)
    #expect(play.problem.state == .inProgress)
  }

  /// Every reason at once, so that nobody meets them one after the other.
  @Test func allReasonsAreGiven() throws {
    var play = try LoopPlay(.enterprise)
    try play.toAssigned()
    #expect(
      play.refusals(.claim(outcome: .shelved, result: " ", evidence: ""), by: LoopPlay.stranger)
        == [.notYourLeg, .outcomeNotClaimable, .textMissing])
    #expect(
      play.refusals(.shelve(.funds, text: "", reviewOn: play.now.day))
        == [.directorDecides, .dayNotAhead, .textMissing])
  }

  @Test(arguments: [
    (ProblemCommand.decline(reason: "　 ", instead: "信访局"), Problem.Refusal.textMissing),
    (.judge(category: "finance", difficulty: .general, tier: "", note: ""), .unknownCategory),
    (.judge(category: "other", difficulty: .general, tier: "moon", note: ""), .unknownTier),
    (
      .judge(
        category: "other", difficulty: .general, tier: "", note: String(repeating: "字", count: 4001)
      ),
      .textTooLong
    ),
    (.decline(reason: "不属本级", instead: ""), .textMissing), (.close, .wrongState),
    (.claim(outcome: .solved, result: "好", evidence: "照片"), .wrongState),
  ])
  func refused(command: ProblemCommand, refusal: Problem.Refusal) throws {
    let play = try LoopPlay(.village)
    #expect(play.refusals(command) == [refusal])
  }

  /// Every rung of both ladders fires, for every milestone it can, in working hours.
  @Test(arguments: ["enterprise", "village"])
  func everyRungFires(track: String) throws {
    let play = try LoopPlay(#require(Track(rawValue: track)))
    let findings = ProcedureRehearsal.findings(
      of: play.procedure, rule: play.rule, calendar: play.calendar, start: play.now)
    #expect(findings.count == play.procedure.ladder.count)
    for finding in findings { #expect(finding.holds, "\(finding.rung.code)") }
    let urging = findings.first { $0.rung.code == "urging" }
    #expect(
      Set(urging?.milestones ?? []) == [
        .acknowledge, .firstFeedback, .solveGeneral, .solveComplex, .answer, .planStep,
      ])
  }

  /// A rung for what the clock does not have, or after what nobody does, is found.
  @Test func aRungThatCannotFireIsFound() throws {
    var play = try LoopPlay(.enterprise)
    play.change {
      $0.replacing("\"on\": \"missed\"", with: "\"on\": \"missed\", \"milestones\": [\"accept\"]")
    }
    let findings = ProcedureRehearsal.findings(
      of: play.procedure, rule: play.rule, calendar: play.calendar, start: play.now)
    #expect(findings.filter { !$0.holds }.map(\.rung.code) == ["urging", "accountability"])
    #expect(
      play.procedure.faults(rule: play.rule) == ["ladder urging: the clock has no milestone accept"]
    )
  }
}

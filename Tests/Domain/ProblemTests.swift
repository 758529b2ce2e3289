import Domain
import Testing

/// The life of a problem (DOMAIN.md 5).
@Suite struct ProblemTests {
  private let office = Actor.account(AccountID(1))
  private let handler = Actor.account(AccountID(2))
  private let start = Instant(startOf: Day("2026-11-20")!) + 10 * 3600

  private var surroundings: Problem.Surroundings {
    .init(
      now: start, calendar: WorkingCalendar(years: [:]), rule: .rule13710,
      categories: [.village: ["infrastructure"], .enterprise: ["finance"]])
  }

  private func registered() -> Problem {
    Problem(
      id: ProblemID(7),
      registered: .init(
        number: 1, track: .village, title: "机井损坏", detail: "", concernsUnit: nil,
        concerns: "河湾村", foundOn: Day("2026-11-20")!), at: start)
  }

  private func walk(
    _ commands: [(ProblemCommand, Actor)], from problem: Problem? = nil
  ) throws -> Problem {
    var problem = problem ?? registered()
    for (command, actor) in commands {
      for event in try problem.decide(command, by: actor, in: surroundings) {
        problem.apply(event, at: start, by: actor)
      }
    }
    return problem
  }

  private var toClaimed: [(ProblemCommand, Actor)] {
    [
      (.judge(category: "infrastructure", difficulty: .general, note: ""), office),
      (.assign(unit: UnitID(5), note: ""), office), (.acknowledge, handler),
      (.feedback(text: "已派人"), handler),
      (.claim(outcome: .solved, result: "已修好", evidence: "照片 1"), handler),
    ]
  }

  private var toClosed: [(ProblemCommand, Actor)] {
    toClaimed + [
      (.verify(passed: true, text: "属实"), office),
      (.returnVisit(rating: .satisfied, text: "满意"), office), (.close, office),
    ]
  }

  @Test func theWholeWay() throws {
    let problem = try walk(toClosed)
    #expect(problem.state == .closed)
    // Registered, accepted (with the judgement), and one event for each of the eight commands.
    #expect(problem.version == 10)
    #expect(problem.round?.closedAt == start)
    #expect(problem.round?.rating == .satisfied)
  }

  /// Planned, shelved, transferred and declined come with an approval of their own.
  @Test func theHandlerClaimsOnlyWhatItCanAnswerFor() throws {
    let problem = try walk(Array(toClaimed.dropLast()))
    let refused: [Outcome] = [.planned, .shelved, .transferred, .declined]
    for outcome in Outcome.allCases {
      let command = ProblemCommand.claim(outcome: outcome, result: "已办", evidence: "照片")
      let events = try? problem.decide(command, by: handler, in: surroundings)
      check((events == nil) == refused.contains(outcome))
    }
  }

  @Test func difficultyDecidesBetweenTheWeekAndTheMonth() throws {
    for (difficulty, kind) in [
      (Difficulty.general, MilestoneKind.solveGeneral), (.individual, .solveGeneral),
      (.common, .solveGeneral), (.complex, .solveComplex), (.major, .solveComplex),
    ] {
      let problem = try walk([
        (.judge(category: "infrastructure", difficulty: difficulty, note: ""), office),
        (.assign(unit: UnitID(5), note: ""), office),
      ])
      #expect(
        problem.round?.assignment.due.map(\.milestone) == [.acknowledge, .firstFeedback, kind])
    }
  }

  /// The transition table, written out from DOMAIN.md 5: what can be done where.
  @Test func whatCanBeDoneWhere() throws {
    let expected: [ProblemState: Set<ProblemAction>] = [
      .registered: [.accept, .decline, .judge], .accepted: [.decline, .judge], .declined: [],
      .judged: [.judge, .assign], .assigned: [.acknowledge, .feedback, .claim],
      .acknowledged: [.feedback, .claim], .inProgress: [.feedback, .claim], .claimed: [.verify],
      .verified: [.returnVisit], .returnVisited: [.close], .closed: [],
    ]
    let ways: [ProblemState: [(ProblemCommand, Actor)]] = [
      .registered: [], .accepted: [(.accept, office)],
      .declined: [(.decline(reason: "不属本级", instead: "信访局"), office)],
      .judged: Array(toClaimed.prefix(1)), .assigned: Array(toClaimed.prefix(2)),
      .acknowledged: Array(toClaimed.prefix(3)), .inProgress: Array(toClaimed.prefix(4)),
      .claimed: toClaimed, .verified: toClaimed + [(.verify(passed: true, text: "属实"), office)],
      .returnVisited: Array(toClosed.dropLast()), .closed: toClosed,
    ]
    for state in ProblemState.allCases {
      let problem = try walk(try #require(ways[state]))
      check(problem.state == state)
      let possible = ProblemAction.allCases.filter { problem.refusal(of: $0, by: office) == nil }
      if Set(possible) != expected[state] { Issue.record("\(state): \(possible)") }
    }
  }

  /// The closing gate: whoever acted for the handler neither checks nor visits.
  @Test func theHandlerCannotVerify() throws {
    var problem = try walk(toClaimed)
    #expect(problem.refusal(of: .verify, by: handler) == .handlerCannotVerify)
    #expect(problem.refusal(of: .verify, by: office) == nil)
    problem = try walk([(.verify(passed: true, text: "属实"), office)], from: problem)
    #expect(problem.refusal(of: .returnVisit, by: handler) == .handlerCannotVerify)
  }

  /// No answer is none, never satisfied (DOMAIN.md 2).
  @Test func anAskerWhoGivesNoRatingIsNotSatisfied() throws {
    let visited = try walk(
      toClaimed + [
        (.verify(passed: true, text: "属实"), office),
        (.returnVisit(rating: nil, text: "三次未接通"), office),
      ])
    #expect(visited.state == .returnVisited && visited.round?.rating == nil)
  }

  @Test func aFailedCheckAndADissatisfiedAskerOpenANewRound() throws {
    var problem = try walk(toClaimed + [(.verify(passed: false, text: "未修"), office)])
    #expect(problem.rounds.count == 2)
    #expect(problem.state == .assigned)
    // The old round stays as it was.
    #expect(problem.rounds[0].claim?.result == "已修好")
    #expect(problem.rounds[0].verifiedAt == nil)
    #expect(problem.rounds[1].claim == nil)
    problem = try walk(
      Array(toClaimed.dropFirst(2)) + [
        (.verify(passed: true, text: "属实"), office),
        (.returnVisit(rating: .dissatisfied, text: "又坏了"), office),
      ], from: problem)
    #expect(problem.rounds.count == 3)
    #expect(problem.rounds[1].rating == .dissatisfied)
    #expect(problem.state == .assigned)
  }

  @Test func feedbackAcknowledges() throws {
    let problem = try walk(Array(toClaimed.prefix(2)) + [(.feedback(text: "已派人"), handler)])
    #expect(problem.round?.acknowledgedAt == start)
    #expect(problem.state == .inProgress)
  }

  @Test(arguments: [
    (ProblemCommand.decline(reason: "　 ", instead: "信访局"), Problem.Refusal.textMissing),
    (.judge(category: "finance", difficulty: .general, note: ""), .unknownCategory),
    (
      .judge(
        category: "infrastructure", difficulty: .general, note: String(repeating: "字", count: 4001)),
      .textTooLong
    ),
    (.decline(reason: "不属本级", instead: ""), .textMissing),
    (.assign(unit: UnitID(5), note: ""), .wrongState), (.close, .wrongState),
  ])
  func refused(command: ProblemCommand, refusal: Problem.Refusal) {
    #expect(throws: refusal) { try registered().decide(command, by: office, in: surroundings) }
  }

  /// Random commands: whatever happens, an action is refused exactly outside its states, applied
  /// events count the version, rounds never shrink and an ended problem takes nothing more.
  @Test func randomWalks() throws {
    var random = SplitMix(state: 20_261_121)
    let commands: [ProblemCommand] =
      toClaimed.map(\.0) + [
        .accept, .decline(reason: "不属本级", instead: "信访局"), .verify(passed: true, text: "属实"),
        .verify(passed: false, text: "未修"), .returnVisit(rating: .satisfied, text: "好"),
        .returnVisit(rating: .dissatisfied, text: "差"), .close,
      ]
    var reached: Set<ProblemState> = []
    for _ in 0..<2000 {
      var problem = registered()
      for _ in 0..<40 {
        let command = commands.randomElement(using: &random)!
        let actor = Bool.random(using: &random) ? office : handler
        let before = problem
        let isInState = command.action.states.contains(before.state)
        do {
          let events = try problem.decide(command, by: actor, in: surroundings)
          for event in events { problem.apply(event, at: start, by: actor) }
          check(isInState && !events.isEmpty && problem.version == before.version + events.count)
          check(problem.rounds.count >= before.rounds.count && !before.state.isEnded)
          check(problem.rounds.dropLast().starts(with: before.rounds.dropLast()))
        } catch {
          check(problem == before && (!isInState || error == .handlerCannotVerify))
        }
        reached.insert(problem.state)
      }
    }
    #expect(reached == Set(ProblemState.allCases))
  }

  private func check(_ condition: Bool) {
    if !condition { Issue.record("an invariant is broken") }
  }
}

/// A small repeatable generator (SplitMix64).
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

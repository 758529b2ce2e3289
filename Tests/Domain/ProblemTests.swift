import Domain
import Testing

/// The life of a problem (DOMAIN.md 5).
@Suite struct ProblemTests {
  private let office = Actor.account(AccountID(1))
  private let handler = Actor.account(AccountID(2))
  private let start = Instant(startOf: Day("2026-11-20")!) + 10 * 3600

  private var surroundings: Problem.Surroundings {
    .init(
      now: start, calendar: .weekendsOnly, rule: .rule13710,
      categories: [.village: ["infrastructure"], .enterprise: ["finance"]])
  }

  private func registered() -> Problem {
    Problem(
      id: ProblemID(7),
      registered: .init(
        number: 1, track: .village, title: "机井损坏", detail: "", concernsUnit: nil,
        concerns: "河湾村", foundOn: Day("2026-11-20")!), at: start, by: office)
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

  @Test func theWholeWay() throws {
    let steps: [(ProblemCommand, Actor)] =
      toClaimed + [
        (.verify(passed: true, text: "属实"), office),
        (.returnVisit(rating: .satisfied, text: "满意"), office), (.close, office),
      ]
    let problem = try walk(steps)
    #expect(problem.state == .closed)
    // Registered, accepted (with the judgement), and one event for each of the eight commands.
    #expect(problem.version == 10)
    #expect(problem.round?.closedAt == start)
    #expect(problem.round?.rating == .satisfied)
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

  @Test func theHandlerCannotVerify() throws {
    let problem = try walk(toClaimed)
    #expect(problem.refusal(of: .verify, by: handler) == .handlerCannotVerify)
    #expect(problem.refusal(of: .verify, by: office) == nil)
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
    (ProblemCommand.decline(reason: "　 "), Problem.Refusal.textMissing),
    (.judge(category: "finance", difficulty: .general, note: ""), .unknownCategory),
    (
      .judge(
        category: "infrastructure", difficulty: .general, note: String(repeating: "字", count: 4001)),
      .textTooLong
    ),
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
        .accept, .decline(reason: "不属本级"), .verify(passed: true, text: "属实"),
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

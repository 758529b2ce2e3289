import Cryptography
import Domain
import Services
import Storage
import TestSupport
import Testing

/// A few problems that run through the engine and through the model at once.
struct LoopWorld {
  let desk: LoopDesk
  let seed: UInt64
  let batch: BatchID
  let calendar: WorkingCalendar
  var generator: SplitMix
  var ids: [ProblemID] = []
  var models: [LoopModel] = []
  var problems: [Problem] = []
  var links: [Int: SecretToken] = [:]
  var trail: [String] = []
  var accepted = 0

  struct Fault: Error, CustomStringConvertible { let description: String }

  var now: Instant { desk.platform.now() }

  mutating func add(_ problem: Problem) {
    ids.append(problem.id)
    problems.append(problem)
    let calendar = calendar
    models.append(
      LoopModel(
        track: problem.track, sources: problem.sources.count,
        isWorkingDay: { calendar.isWorkingDay($0) }))
  }

  /// One thing is tried; engine and model must agree.
  mutating func step() async throws {
    pass()
    if Int.random(in: 0..<100, using: &generator) < 12 { try await fire() }
    let own = Int.random(in: 0..<ids.count, using: &generator)
    if models[own].state == .verified, Bool.random(using: &generator) {
      return try await issueLink(own)
    }
    let deed = Deed.random(on: models[own], of: ids.count, &generator)
    let isStale = problems[own].version > 1 && Int.random(in: 0..<100, using: &generator) < 3
    let expected =
      !(isStale && deed.action != .split && deed.action != .evaluate)
      && models[own].allows(deed, among: models, own: own, now: now)
    let seen = isStale ? problems[own].version - 1 : problems[own].version
    trail.append("\(now) #\(own) \(deed) -> \(expected)")
    let part = try await perform(deed, on: own, seen: seen, expected: expected)
    guard expected else { return }
    accepted += 1
    let before = models[own]
    models[own].apply(deed, among: models, now: now)
    if deed.action == .merge {
      models[deed.partner].parts.insert(own)
      models[deed.partner].sources += before.sources
    }
    if deed.action == .unmerge, let master = before.master {
      models[master].parts.remove(own)
      models[master].sources -= before.sources
    }
    let touchesOthers: Set<ProblemAction> = [.merge, .unmerge, .close, .decline]
    try await look(at: touchesOthers.contains(deed.action) ? Array(ids.indices) : [own])
    if let part, ids.count < 4 {
      add(try await desk.load(part))
      try await look(at: [ids.count - 1])
    }
  }

  private mutating func perform(
    _ deed: Deed, on own: Int, seen: Int, expected: Bool
  ) async throws -> ProblemID? {
    var refusal: UseCaseError?
    var part: ProblemID?
    do {
      switch deed.action {
      case .split:
        part = try await SplitProblem(desk.platform)(
          ids[own], title: "其中一部分", detail: "", reason: deed.isComplete ? "另案" : "",
          by: desk.account(deed.person))
      case .evaluate:
        // From an account never; by the link once.
        await #expect(throws: UseCaseError.self) {
          try await desk.act(.evaluate(rating: .satisfied, text: ""), on: ids[own], by: deed.person)
        }
        try await EvaluateProblem(desk.platform)(
          links[own] ?? .random(), rating: deed.rating!, text: "")
      default:
        try await desk.act(
          deed.request(among: problems, desk, batch, now: now), on: ids[own], seen: seen,
          by: deed.person)
      }
    } catch let error as UseCaseError {
      refusal = error
    } catch {
      throw fault("\(error)")
    }
    if (refusal == nil) != expected {
      throw fault("engine: \(refusal.map { "\($0)" } ?? "done"), model: \(expected)")
    }
    return part
  }

  private mutating func issueLink(_ own: Int) async throws {
    let person = Person.allCases.randomElement(using: &generator)!
    let expected =
      person.isOffice && models[own].windowEnds.map { now < $0 } == true
      && !models[own].hands.contains(person)
    trail.append("\(now) #\(own) link by \(person) -> \(expected)")
    do {
      links[own] = try await IssueEvaluationLink(desk.platform)(ids[own], by: desk.account(person))
      if !expected { throw fault("a link was made") }
      models[own].hasLink = true
      problems[own] = try await desk.load(ids[own])
    } catch let error as UseCaseError {
      if expected { throw fault("\(error)") }
    }
  }

  /// Minutes to days.
  private mutating func pass() {
    let most: Int64 =
      switch Int.random(in: 0..<100, using: &generator) {
      case 0..<65: 1800
      case ..<88: 8 * 3600
      case ..<97: 86_400
      default: 8 * 86_400
      }
    desk.test.advance(seconds: Int64.random(in: 0...most, using: &generator))
  }

  mutating func fire() async throws {
    trail.append("\(now) timers")
    try await desk.fire()
    try await look(at: Array(ids.indices))
  }

  /// Loads what the engine has stored and compares it with the model.
  private mutating func look(at indices: [Int]) async throws {
    for index in indices {
      problems[index] = try await desk.load(ids[index])
      try compare(index)
      for leg in models[index].legs.indices {
        let due = problems[index].leg(models[index].legs[leg].number)?.finalDue
        models[index].legs[leg].due = due.map { ($0.day, $0.instant) }
      }
    }
  }

  private func compare(_ index: Int) throws {
    let problem = problems[index]
    let drafts = problem.rounds.flatMap(\.legs).flatMap(\.climbed.keys)
      .count { $0.on == .dissatisfied || $0.on == .lookBackFailed }
    let engine = LoopSnapshot.of(problem, desk, drafts: drafts) { ids.firstIndex(of: $0) }
    let model = LoopSnapshot.of(models[index])
    if engine != model {
      throw fault("#\(index)\n engine: \(engine)\n model:  \(model)")
    }
    let open = problem.round?.openLegs.map(\.party) ?? []
    if Set(open).count < open.count { throw fault("#\(index) one party has two open legs") }
  }

  func fault(_ text: String) -> Fault {
    Fault(description: "seed \(seed): \(text)\n" + trail.joined(separator: "\n"))
  }
}

extension Deed {
  func request(
    among problems: [Problem], _ desk: LoopDesk, _ batch: BatchID, now: Instant
  ) -> ActOnProblem.Request {
    let text = isComplete ? "理由" : " "
    let day = now.day + days
    let command: ProblemCommand
    switch action {
    case .assign:
      return .assign(
        .init(
          unit: Party.names[lead]!, coHandlers: others.map { Party.names[$0]! },
          official: namesOfficial && problems.first?.track == .village ? desk.official : nil,
          pushedDown: givesReason ? text : ""))
    case .merge: return .merge(into: problems[partner].registration.number, text: text)
    case .joinBatch: return .joinBatch(batch, text: "")
    case .accept: command = .accept
    case .decline: command = .decline(reason: text, instead: text)
    case .judge:
      command = .judge(
        category: "other", difficulty: steps > 1 ? .complex : .general,
        tier: tier.map { LoopModel.tiers[$0] } ?? "", note: "")
    case .acknowledge: command = .acknowledge(leg: leg)
    case .feedback: command = .feedback(leg: leg, text: text)
    case .object: command = .object(leg: leg, text: text)
    case .ruleObjection: command = .ruleObjection(leg: leg, upheld: yes, text: text)
    case .askExtension: command = .askExtension(leg: leg, until: day, text: text)
    case .decideExtension: command = .decideExtension(leg: leg, approved: yes, text: text)
    case .suspend: command = .suspend(leg: leg, text: text, basis: text)
    case .resume: command = .resume(leg: leg, text: text)
    case .plan:
      command = .plan(
        leg: leg, steps: (0..<steps).map { .init(text: text, owner: text, due: day + $0) })
    case .decidePlan: command = .decidePlan(leg: leg, approved: yes, text: text)
    case .completeStep: command = .completeStep(leg: leg, step: steps, text: text)
    case .answer: command = .answer(leg: leg, text: text)
    case .claim: command = .claim(outcome: outcome, result: text, evidence: text)
    case .withdraw: command = .withdraw(leg: leg, text: text)
    case .urge: command = .urge(leg: leg, text: text)
    case .proposeAccountability: command = .proposeAccountability(leg: leg, text: text)
    case .verify: command = .verify(passed: yes, text: text)
    case .returnVisit: command = .returnVisit(rating: rating, text: text)
    case .close: command = .close
    case .lookBack: command = .lookBack(passed: yes, text: text)
    case .reopen: command = .reopen(text: text)
    case .shelve: command = .shelve(.funds, text: text, reviewOn: day)
    case .reviewShelving: command = .reviewShelving(.funds, text: text, reviewOn: day)
    case .unshelve: command = .unshelve(text: text)
    case .escalate: command = .escalate(reason: text, tried: text)
    case .refer: command = .refer(.legal, to: text, text: text)
    case .answerReferral: command = .answerReferral(text: text)
    case .unmerge: command = .unmerge(text: text)
    case .leaveBatch: command = .leaveBatch(text: text)
    case .evaluate, .absorb, .split: command = .evaluate(rating: .satisfied, text: "")
    }
    return .command(command)
  }
}

import ArgumentParser
import Domain
import Services

extension ProblemCommands {
  /// Every transition of a problem.
  struct Act: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Do something to a problem; `show` says what may be done.")

    @OptionGroup var reference: Reference
    @Argument(help: "What to do: one of the actions that show lists.") var action: ProblemAction
    @OptionGroup var values: ActionValues
    @Option(help: "The version you were looking at; refused where others acted since.")
    var seen: Int?
    @OptionGroup var acting: Acting

    func validate() throws { _ = try values.request(action) }

    func run() async throws {
      try await acting.run { platform, account in
        let id = try await reference.id(platform)
        _ = try await ActOnProblem(platform)(
          values.request(action), on: id, seen: seen, by: account)
        let detail = try await ShowProblem(platform)(id, for: account)
        try printJSON(try ProblemOutput(detail, now: platform.now()))
      }
    }
  }

  /// What the actions ask for; each takes what it needs.
  struct ActionValues: ParsableArguments {
    @Option(help: "The leg (default: the lead handler's).") var leg: Int?
    @Option(help: "What is said, found, reported or reasoned.") var text = ""
    @Option(help: "judge: a category code.") var category = ""
    @Option(help: "judge: general, individual, common, complex or major.")
    var difficulty: Difficulty?
    @Option(help: "judge: a tier of the procedure.") var tier = ""
    @Option(help: "assign: the lead handler.") var unit = ""
    @Option(name: .customLong("co"), help: "assign: a co-handler; repeatable.") var coHandlers:
      [String] = []
    @Option(help: "assign: the paired official's id.") var official: Int64?
    @Option(help: "assign: why a department's work goes to a township.") var pushedDown = ""
    @Option(help: "claim: solved, partly or explained.") var outcome: Outcome?
    @Option(help: "claim: what shows it.") var evidence = ""
    @Option(help: "evaluate, return_visit: satisfied, basically_satisfied or dissatisfied.")
    var rating: Rating?
    @Flag(inversion: .prefixedNo, help: "verify, look_back, rule_objection, decide_…: yes or no.")
    var yes: Bool?
    @Option(help: "ask_extension, shelve, review_shelving: YYYY-MM-DD.") var until: String?
    @Option(help: "suspend: the rule it rests on.") var basis = ""
    @Option(help: "plan: 'what|who|YYYY-MM-DD'; repeatable.") var step: [String] = []
    @Option(help: "complete_step: its number.") var number: Int?
    @Option(help: "decline: the legal way to go instead.") var instead = ""
    @Option(help: "escalate: what was tried.") var tried = ""
    @Option(help: "shelve: policy, funds, higher_level, legacy, season or other.")
    var why: ShelvingReason?
    @Option(help: "refer: legal, discipline, petitions, other or superior.") var lane: Lane?
    @Option(help: "refer: who gets it; superior: the name of the link.") var to = ""
    @Option(help: "merge: the number of the problem it becomes a part of.") var into: Int64?
    @Option(help: "join_batch: the batch's id.") var batch: Int64?

    /// - Throws: `ValidationError` for what an action needs and was not given.
    func request(_ action: ProblemAction) throws -> ActOnProblem.Request {
      switch action {
      case .assign:
        .assign(
          .init(
            unit: unit, coHandlers: coHandlers, official: official.map { OfficialID($0) },
            note: text, pushedDown: pushedDown))
      case .merge: .merge(into: try need(into, "into"), text: text)
      case .joinBatch: .joinBatch(BatchID(try need(batch, "batch")), text: text)
      default: .command(try command(action))
      }
    }

    private func command(_ action: ProblemAction) throws -> ProblemCommand {
      switch action {
      case .accept: return .accept
      case .decline: return .decline(reason: text, instead: instead)
      case .judge:
        return .judge(
          category: category, difficulty: try need(difficulty, "difficulty"), tier: tier,
          note: text)
      case .acknowledge: return .acknowledge(leg: leg)
      case .feedback: return .feedback(leg: leg, text: text)
      case .object: return .object(leg: leg, text: text)
      case .ruleObjection: return .ruleObjection(leg: leg, upheld: try need(yes, "yes"), text: text)
      case .askExtension: return .askExtension(leg: leg, until: try day(), text: text)
      case .decideExtension:
        return .decideExtension(leg: leg, approved: try need(yes, "yes"), text: text)
      case .suspend: return .suspend(leg: leg, text: text, basis: basis)
      case .resume: return .resume(leg: leg, text: text)
      case .plan: return .plan(leg: leg, steps: try step.map(planStep))
      case .decidePlan: return .decidePlan(leg: leg, approved: try need(yes, "yes"), text: text)
      case .completeStep:
        return .completeStep(leg: leg, step: try need(number, "number"), text: text)
      case .answer: return .answer(leg: leg, text: text)
      case .claim:
        return .claim(outcome: try need(outcome, "outcome"), result: text, evidence: evidence)
      case .withdraw: return .withdraw(leg: leg, text: text)
      case .urge: return .urge(leg: leg, text: text)
      case .proposeAccountability: return .proposeAccountability(leg: leg, text: text)
      case .verify: return .verify(passed: try need(yes, "yes"), text: text)
      case .returnVisit: return .returnVisit(rating: rating, text: text)
      case .close: return .close
      case .lookBack: return .lookBack(passed: try need(yes, "yes"), text: text)
      case .reopen: return .reopen(text: text)
      case .shelve: return .shelve(try need(why, "why"), text: text, reviewOn: try day())
      case .reviewShelving:
        return .reviewShelving(try need(why, "why"), text: text, reviewOn: try day())
      case .unshelve: return .unshelve(text: text)
      case .escalate: return .escalate(reason: text, tried: tried)
      case .refer: return .refer(try need(lane, "lane"), to: to, text: text)
      case .answerReferral: return .answerReferral(text: text)
      case .unmerge: return .unmerge(text: text)
      case .leaveBatch: return .leaveBatch(text: text)
      case .split: throw ValidationError("split: use lianbang problem split")
      case .evaluate: throw ValidationError("evaluate: use lianbang problem evaluate with the link")
      case .assign, .merge, .absorb, .joinBatch:
        throw ValidationError("\(action.rawValue) is not done this way")
      }
    }

    private func need<T>(_ value: T?, _ name: String) throws -> T {
      guard let value else { throw ValidationError("this action needs --\(name)") }
      return value
    }

    private func day() throws -> Day {
      let text = try need(until, "until")
      guard let day = Day(text) else {
        throw ValidationError("--until \(text): expected YYYY-MM-DD")
      }
      return day
    }

    private func planStep(_ text: String) throws -> ProblemEvent.Planned.Step {
      let parts = text.split(separator: "|", omittingEmptySubsequences: false)
        .map { String($0).trimmed }
      guard parts.count == 3, let day = Day(parts[2]) else {
        throw ValidationError("--step \(text): expected 'what|who|YYYY-MM-DD'")
      }
      return .init(text: parts[0], owner: parts[1], due: day)
    }
  }
}

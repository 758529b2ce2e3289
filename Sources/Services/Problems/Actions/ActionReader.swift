import Domain

/// Reads what somebody filled in for an action: a page's form, or a program's request.
package struct ActionReader {
  private let action: ProblemAction
  /// What stands in a field; empty where nothing does.
  private let form: Form
  /// The official that was named in words, once looked up.
  package var official: OfficialID?
  /// Names of fields that were left out or cannot be read.
  package private(set) var faults: [String] = []

  private struct Form {
    let value: (String) -> String
    subscript(_ name: String) -> String { value(name) }
  }

  /// - Parameter value: what stands in a field; empty where nothing does.
  package init(_ action: ProblemAction, _ value: @escaping (String) -> String) {
    self.action = action
    form = Form(value: value)
  }

  private var leg: Int? { Int(form["leg"]) }
  private var text: String { form["text"] }

  /// - Returns: nil with `faults` where something cannot be read.
  package mutating func request() -> ActOnProblem.Request? {
    switch action {
    case .assign:
      return .assign(
        .init(
          unit: form["unit"], coHandlers: lines("co_handlers"), official: official, note: text,
          pushedDown: form["pushed_down"]))
    case .merge: return number("into").map { .merge(into: $0, text: text) }
    case .joinBatch: return number("batch").map { .joinBatch(BatchID($0), text: text) }
    default: return command().map { .command($0) }
    }
  }

  private mutating func command() -> ProblemCommand? {
    switch action {
    case .accept: return .accept
    case .decline: return .decline(reason: text, instead: form["instead"])
    case .judge:
      let difficulty: Difficulty? = choice("difficulty")
      return difficulty.map {
        .judge(category: form["category"], difficulty: $0, tier: form["tier"], note: text)
      }
    case .claim:
      let outcome: Outcome? = choice("outcome")
      return outcome.map { .claim(outcome: $0, result: text, evidence: form["evidence"]) }
    case .verify: return yes().map { .verify(passed: $0, text: text) }
    case .returnVisit: return rating().map { .returnVisit(rating: $0, text: text) }
    case .close: return .close
    case .lookBack: return yes().map { .lookBack(passed: $0, text: text) }
    case .reopen: return .reopen(text: text)
    case .unshelve: return .unshelve(text: text)
    case .escalate: return .escalate(reason: text, tried: form["tried"])
    case .answerReferral: return .answerReferral(text: text)
    case .unmerge: return .unmerge(text: text)
    case .leaveBatch: return .leaveBatch(text: text)
    case .shelve, .reviewShelving:
      let (why, day): (ShelvingReason?, Day?) = (choice("why"), day())
      guard let why, let day else { return nil }
      return action == .shelve
        ? .shelve(why, text: text, reviewOn: day)
        : .reviewShelving(why, text: text, reviewOn: day)
    case .refer:
      let lane: Lane? = choice("lane")
      return lane.map { .refer($0, to: form["to"], text: text) }
    default: return commandOnLeg()
    }
  }

  private mutating func commandOnLeg() -> ProblemCommand? {
    switch action {
    case .acknowledge: .acknowledge(leg: leg)
    case .feedback: .feedback(leg: leg, text: text)
    case .object: .object(leg: leg, text: text)
    case .ruleObjection: yes().map { .ruleObjection(leg: leg, upheld: $0, text: text) }
    case .askExtension: day().map { .askExtension(leg: leg, until: $0, text: text) }
    case .decideExtension: yes().map { .decideExtension(leg: leg, approved: $0, text: text) }
    case .suspend: .suspend(leg: leg, text: text, basis: form["basis"])
    case .resume: .resume(leg: leg, text: text)
    case .plan: steps().map { .plan(leg: leg, steps: $0) }
    case .decidePlan: yes().map { .decidePlan(leg: leg, approved: $0, text: text) }
    case .completeStep:
      number("number").map { .completeStep(leg: leg, step: Int(clamping: $0), text: text) }
    case .answer: .answer(leg: leg, text: text)
    case .withdraw: .withdraw(leg: leg, text: text)
    case .urge: .urge(leg: leg, text: text)
    case .proposeAccountability: .proposeAccountability(leg: leg, text: text)
    default: nil
    }
  }

  private mutating func choice<T: RawRepresentable<String>>(_ name: String) -> T? {
    read(name) { T(rawValue: $0) }
  }

  private mutating func day() -> Day? { read("until") { Day($0) } }

  private mutating func number(_ name: String) -> Int64? { read(name) { Int64($0) } }

  private mutating func yes() -> Bool? { read("yes") { ["yes": true, "no": false][$0] } }

  /// The asker could not be reached or gave no rating.
  package static let noRating = "none"

  /// - Returns: nil where nothing was chosen; inside it nil for no rating.
  private mutating func rating() -> Rating?? {
    read("rating") { $0 == Self.noRating ? .some(nil) : Rating(rawValue: $0).map { .some($0) } }
  }

  private mutating func read<T>(_ name: String, _ parse: (String) -> T?) -> T? {
    let value = parse(form[name].trimmed)
    if value == nil { faults.append(name) }
    return value
  }

  /// `what|who|2026-12-01`, one step a line; the full-width bar of Chinese keyboards will do.
  private mutating func steps() -> [ProblemEvent.Planned.Step]? {
    read("steps") { text in
      let steps = Self.lines(text).map { line -> ProblemEvent.Planned.Step? in
        let parts = line.split(omittingEmptySubsequences: false) { $0 == "|" || $0 == "｜" }
          .map { String($0).trimmed }
        guard parts.count == 3, let day = Day(parts[2]) else { return nil }
        return .init(text: parts[0], owner: parts[1], due: day)
      }
      return steps.contains { $0 == nil } ? nil : steps.compactMap { $0 }
    }
  }

  private func lines(_ name: String) -> [String] { Self.lines(form[name]) }

  private static func lines(_ text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).map { String($0).trimmed }.filter { !$0.isEmpty }
  }
}

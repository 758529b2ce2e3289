import Domain
import HTTP

/// A procedure in words: its steps, its layers, and who is told when.
struct ProcedureView {
  let words: Wording

  func view(_ procedure: Procedure, _ rules: ClockRules) -> View {
    let clock = rules[procedure.clock].map { words.pick($0.zh, $0.en) } ?? procedure.clock
    let notes = [
      words(procedure.isDouble ? "rules.double" : "rules.single"),
      words("rules.clock", ["rule": clock]),
      words(
        "rules.hours",
        [
          "from": TimeOfDay.text(procedure.hours.opens),
          "to": TimeOfDay.text(procedure.hours.closes),
        ]), words("rules.window", ["budget": words.text(procedure.evaluationWindow)]),
      words(
        "rules.outcomes",
        [
          "names": procedure.outcomes.map { words("outcome.\($0.rawValue)") }
            .joined(separator: words("punctuation.list"))
        ]),
    ]
    return [
      "name": words.pick(procedure.zh, procedure.en),
      "version": words("rules.version", ["n": String(procedure.version)]),
      "steps": procedure.steps.map { step -> View in
        [
          "name": words.pick(step.zh, step.en),
          "states": step.states.map { words("state.\($0.rawValue)") }
            .joined(separator: words("punctuation.list")).orFalse,
        ]
      },
      "notes": notes.map { ["text": $0] as View },
      "rungs": procedure.ladder.map { ["text": sentence($0)] as View },
      "tiers": procedure.tiers.map { tier -> View in
        [
          "name": words.pick(tier.zh, tier.en),
          "budget": tier.budget.map { words("rules.tier", ["budget": words.text($0)]) }
            ?? words("rules.top_tier"),
        ]
      },
    ]
  }

  /// `节点到期未完成，1 天后：发催办单，抄送分管领导；自动签发。`
  private func sentence(_ rung: Rung) -> String {
    var cause = words("rules.on.\(rung.on.rawValue)", ["n": String(rung.times ?? 1)])
    if let wait = rung.wait {
      cause = words("rules.wait", ["on": cause, "budget": words.text(wait)])
    }
    var deed = words("rules.act.\(rung.act.rawValue)")
    if let issue = rung.issue { deed += words("rules.issue.\(issue.rawValue)") }
    return words("rules.rung", ["on": cause, "act": deed])
  }
}

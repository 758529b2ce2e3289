import Domain
import HTTP

/// A clock rule in words.
struct RuleView {
  let words: Wording

  func view(_ rule: ClockRule) -> View {
    let time = TimeOfDay.text(rule.cutOff)
    var notes = [
      words(rule.rollOver ? "rules.rolls_over" : "rules.stays", ["time": time]),
      words("rules.start_day"),
    ]
    if let objection = rule.objection {
      notes.append(words("rules.objection", ["budget": words.text(objection)]))
    }
    notes.append(
      rule.longestExtension.map { words("rules.extension", ["budget": words.text($0)]) }
        ?? words("rules.extension_free"))
    notes.append(words("rules.co_handlers", ["share": rule.coHandlerShare.description]))
    return [
      "name": words.pick(rule.zh, rule.en), "code": rule.name,
      "version": words("rules.version", ["n": String(rule.version)]), "source": rule.source,
      "milestones": rule.milestones.map { milestone -> View in
        [
          "name": words("milestone.\(milestone.kind.rawValue)"),
          "budget": words.text(milestone.budget),
          "from": words("due.from.\(milestone.from.rawValue)"),
        ]
      },
      "notes": notes.map { ["text": $0] as View },
    ]
  }
}

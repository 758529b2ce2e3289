import Domain
import HTTP
import Services
import Storage

/// What happened to a problem, step by step, in the reader's words.
struct TimelineView {
  let words: Wording
  let detail: ShowProblem.Detail
  let names: PartyNames
  let platform: Platform
  let now: Instant

  func step(_ step: ProblemHistory.Step) -> View {
    let story = EventStory(timeline: self, event: step.event)
    let kind = ProblemEventCodec.kind(of: step.event).dropFirst("problem.".count)
    return [
      "name": words("event.\(kind)"), "time": words.time(step.at),
      "ago": words.ago(step.at, now: now), "who": who(step),
      "leg": story.leg.orFalse,
      "facts": story.facts.filter { !$0.1.isEmpty }.map {
        ["label": words($0.0), "value": $0.1] as View
      },
      "text": story.text, "has_text": !story.text.isEmpty,
    ]
  }

  /// A category's name in the reader's language; its code where the list no longer has it.
  func category(_ code: String) -> String {
    let category = platform.categories.first {
      $0.code == code && $0.track == detail.problem.track
    }
    return category.map { words.name(of: $0) } ?? code
  }

  func tier(_ code: String) -> String {
    let tier = platform.procedures[detail.problem.track]?.tier(code)
    return tier.map { words.pick($0.zh, $0.en) } ?? code
  }

  /// The number of a problem that became part of this one, or the other way round.
  func number(of other: ProblemID) -> String {
    for step in detail.steps.reversed() {
      switch step.event {
      case .merged(let link), .absorbed(let link), .split(let link), .released(let link):
        if link.problem == other { return words.number(link.number) }
      default: break
      }
    }
    return other.description
  }

  private func who(_ step: ProblemHistory.Step) -> String {
    if case .evaluated = step.event { return words("actor.asker") }
    return step.actor == .system
      ? words("actor.system") : detail.actorNames[step.actor] ?? words("actor.erased")
  }
}

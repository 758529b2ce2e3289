import Domain
import Services
import Storage

/// What happened to a problem, step by step, in the reader's words.
struct TimelineView {
  let words: Wording
  let detail: ShowProblem.Detail
  let categories: [Category]
  let now: Instant

  func step(_ step: ProblemHistory.Step) -> View {
    let (name, facts, text) = content(step.event)
    return [
      "name": words("event.\(name)"), "time": words.time(step.at),
      "ago": words.ago(step.at, now: now), "who": who(step.actor),
      "facts": facts.map { ["label": words($0.0), "value": $0.1] as View }, "text": text,
      "has_text": !text.isEmpty,
    ]
  }

  func unit(_ id: UnitID) -> String { detail.unitPaths[id] ?? "" }

  /// A category's name in the reader's language; its code where the list no longer has it.
  func category(_ code: String) -> String {
    let track = detail.problem.registration.track
    guard let category = categories.first(where: { $0.code == code && $0.track == track }) else {
      return code
    }
    return words.name(of: category)
  }

  private func who(_ actor: Actor) -> String {
    actor == .system
      ? words("actor.system") : detail.actorNames[actor] ?? words("actor.erased")
  }

  private func content(
    _ event: ProblemEvent
  ) -> (name: String, facts: [(String, String)], text: String) {
    switch event {
    case .registered: ("registered", [], "")
    case .accepted: ("accepted", [], "")
    case .declined(let declined):
      ("declined", [("field.instead", declined.instead)], declined.reason)
    case .judged(let judged):
      (
        "judged",
        [
          ("field.category", category(judged.category)),
          ("field.difficulty", words("difficulty.\(judged.difficulty.rawValue)")),
        ], judged.note
      )
    case .assigned(let assigned):
      ("assigned", [("field.unit", unit(assigned.unit))], assigned.note)
    case .acknowledged: ("acknowledged", [], "")
    case .feedback(let told): ("feedback", [], told.text)
    case .claimed(let claim):
      (
        "claimed",
        [
          ("field.outcome", words("outcome.\(claim.outcome.rawValue)")),
          ("field.evidence", claim.evidence),
        ], claim.result
      )
    case .verified(let told): ("verified", [], told.text)
    case .verificationFailed(let told): ("verification_failed", [], told.text)
    case .returnVisited(let visit):
      (
        "return_visited", [("field.rating", words("rating.\(visit.rating?.rawValue ?? "none")"))],
        visit.text
      )
    case .redone(let assigned): ("redone", [("field.unit", unit(assigned.unit))], "")
    case .closed: ("closed", [], "")
    }
  }
}

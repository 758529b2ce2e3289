import Domain
import HTTP

/// The steps of a procedure as the campaign prints them, with the one a problem is at.
struct StepsBar {
  let words: Wording

  func view(_ procedure: Procedure, at state: ProblemState) -> [View] {
    let current = procedure.steps.firstIndex { $0.states.contains(state) }
    return procedure.steps.enumerated().map { index, step in
      [
        "name": words.pick(step.zh, step.en), "current": index == current,
        "done": current.map { index < $0 } == true,
      ]
    }
  }
}

import Domain
import Storage

/// A problem as JSON: snake case, ids as text, times with their offset.
struct ProblemOutput: Encodable {
  struct Due: Encodable {
    let milestone: String
    let due_date: String
    let due_instant: String
    let provisional: Bool
    let met_at: String?
  }

  struct Step: Encodable {
    let version: Int
    let at: String
    let actor: String
    let kind: String
  }

  let id: String
  let number: Int64
  let version: Int
  let track: String
  let title: String
  let concerns: String
  let found_on: String
  let state: String
  let category: String?
  let difficulty: String?
  let round: Int
  let outcome: String?
  let due: [Due]
  let history: [Step]?

  init(_ problem: Problem, history: ProblemHistory? = nil) {
    id = String(problem.id.value)
    number = problem.registration.number
    version = problem.version
    track = problem.registration.track.rawValue
    title = problem.registration.title
    concerns = problem.registration.concerns
    found_on = problem.registration.foundOn.description
    state = problem.state.rawValue
    category = problem.category
    difficulty = problem.difficulty?.rawValue
    round = problem.round?.number ?? 0
    outcome = problem.round?.claim?.outcome.rawValue
    due =
      (problem.round.map { round in
        round.assignment.due.map { due in
          Due(
            milestone: due.milestone.rawValue, due_date: due.day.description,
            due_instant: due.instant.description, provisional: due.isProvisional,
            met_at: round.met(due.milestone)?.description)
        }
      }) ?? []
    self.history = history?.steps.map { step in
      Step(
        version: step.version, at: step.at.description, actor: step.actor.description,
        kind: ProblemEventCodec.kind(of: step.event))
    }
  }
}

struct ProblemListOutput: Encodable {
  struct Item: Encodable {
    let id: String
    let number: Int64
    let track: String
    let title: String
    let concerns: String
    let state: String
    let unit: String?
    let due_instant: String?
  }

  let problems: [Item]
  /// Pass as --before for the next page; absent on the last.
  let next: String?

  init(_ page: ProblemPage) {
    problems = page.items.map {
      Item(
        id: String($0.id.value), number: $0.number, track: $0.track.rawValue, title: $0.title,
        concerns: $0.concerns, state: $0.state.rawValue, unit: $0.unitName,
        due_instant: $0.dueAt?.description)
    }
    next = page.next.map { String($0.value) }
  }
}

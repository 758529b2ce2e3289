import Domain
import Services
import Storage

/// A problem as JSON: snake case, ids as text, times with their offset.
struct ProblemOutput: Encodable {
  struct Due: Encodable {
    let milestone: String
    let step: Int?
    let due_date: String
    let due_instant: String
    let provisional: Bool
    let met_at: String?
  }

  struct Leg: Encodable {
    let leg: Int
    let round: Int
    let role: String
    let unit: String?
    let official: String?
    let lamp: String
    let open: Bool
    let suspended: Bool
    let withdrawal: String?
    let due: [Due]
  }

  struct Option: Encodable {
    let action: String
    let leg: Int?
    let allowed: Bool
    let reasons: [String]
  }

  struct Step: Encodable {
    let version: Int
    let at: String
    let actor: String
    let kind: String
    /// As it stands in the ledger.
    let payload: JSONValue
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
  let tier: String?
  let round: Int
  let outcome: String?
  let rating: String?
  let lamp: String
  let due: [Due]
  let legs: [Leg]
  let sources: [ProblemEvent.Source]
  let master: String?
  let batch: String?
  let options: [Option]
  let history: [Step]

  /// - Throws: `StorageError.unreadable`
  init(_ detail: ShowProblem.Detail, now: Instant) throws {
    let problem = detail.problem
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
    tier = problem.tier?.code
    round = problem.round?.number ?? 0
    outcome = problem.round?.claim?.outcome.rawValue
    rating = problem.round?.rating?.rawValue
    lamp = problem.lamp(at: now).rawValue
    let lead = problem.round?.lead
    due = (lead?.due ?? []).map { Due($0, met: lead?.met($0)) }
    legs = problem.rounds.flatMap(\.legs).map { leg in
      var (unit, official): (String?, String?)
      switch leg.party {
      case .unit(let id): unit = detail.parties.units[id] ?? id.description
      case .official(let id): official = id.description
      }
      return Leg(
        leg: leg.number, round: leg.round, role: leg.role.rawValue, unit: unit,
        official: official, lamp: leg.lamp(at: now).rawValue, open: leg.isOpen,
        suspended: leg.isSuspended, withdrawal: leg.withdrawal?.rawValue,
        due: leg.due.map { Due($0, met: leg.met($0)) })
    }
    sources = problem.sources
    master = problem.master?.description
    batch = problem.batch?.description
    options = detail.options.map {
      Option(
        action: $0.action.rawValue, leg: $0.leg, allowed: $0.isAllowed,
        reasons: $0.reasons.map(\.rawValue))
    }
    history = try detail.steps.map { step in
      Step(
        version: step.version, at: step.at.description, actor: step.actor.description,
        kind: ProblemEventCodec.kind(of: step.event),
        payload: try Payload.decode(
          JSONValue.self, ProblemEventCodec.payload(of: step.event)))
    }
  }
}

extension ProblemOutput.Due {
  init(_ due: ProblemEvent.Due, met: Instant?) {
    self.init(
      milestone: due.milestone.rawValue, step: due.step, due_date: due.day.description,
      due_instant: due.instant.description, provisional: due.isProvisional,
      met_at: met?.description)
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
    next = page.next?.description
  }
}

struct TaskListOutput: Encodable {
  struct Item: Encodable {
    let problem: String
    let number: Int64
    let track: String
    let title: String
    let concerns: String
    let state: String
    let task: String
    let leg: Int?
    let lamp: String
    let due_instant: String?
  }

  let tasks: [Item]

  init(_ lines: [TaskRows.Line], now: Instant) {
    tasks = lines.map { line in
      let lamp = Lamp.of(yellow: line.yellow, due: line.due, now: now)
      return Item(
        problem: line.problem.description, number: line.number, track: line.track.rawValue,
        title: line.title, concerns: line.concerns, state: line.state.rawValue,
        task: line.kind.rawValue, leg: line.leg == 0 ? nil : line.leg, lamp: lamp.rawValue,
        due_instant: line.due?.description)
    }
  }
}

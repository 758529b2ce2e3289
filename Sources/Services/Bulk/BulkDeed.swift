import Domain

/// What is done to many problems at once.
package enum BulkDeed: Sendable {
  case judge(category: String, difficulty: Difficulty, tier: String, note: String)
  case assign(ActOnProblem.AssignRequest)
  case urge(text: String)

  /// Problems in one go.
  package static let most = 100

  /// What can be done to many at once.
  package static let actions: [ProblemAction] = [.judge, .assign, .urge]

  /// The fields of one problem's form that say the same for many; an official has one village.
  package static func fields(of action: ProblemAction) -> [ActionField] {
    action.fields.filter { $0.name != "official" }
  }

  /// Names of fields that were left out or cannot be read.
  package struct Left: Error, Hashable, Sendable {
    package let fields: [String]
  }

  /// The words of one problem's form are a bulk's.
  /// - Parameter value: what stands in a field; empty where nothing does.
  package static func read(
    _ action: ProblemAction, _ value: @escaping (String) -> String
  ) -> Result<BulkDeed, Left> {
    var reader = ActionReader(action, value)
    switch reader.request() {
    case .command(.judge(let category, let difficulty, let tier, let note)):
      return category.isEmpty
        ? .failure(Left(fields: ["category"]))
        : .success(.judge(category: category, difficulty: difficulty, tier: tier, note: note))
    case .assign(let request):
      return request.unit.trimmed.isEmpty
        ? .failure(Left(fields: ["unit"])) : .success(.assign(request))
    case .command(.urge(_, let text)):
      return text.trimmed.isEmpty
        ? .failure(Left(fields: ["text"])) : .success(.urge(text: text))
    default: return .failure(Left(fields: reader.faults))
    }
  }

  package var action: ProblemAction {
    switch self {
    case .judge: .judge
    case .assign: .assign
    case .urge: .urge
    }
  }

  /// What that is for one problem. All who are overdue are urged, else the lead handler.
  func requests(for problem: Problem, at now: Instant) -> [ActOnProblem.Request] {
    switch self {
    case .judge(let category, let difficulty, let tier, let note):
      return [
        .command(.judge(category: category, difficulty: difficulty, tier: tier, note: note))
      ]
    case .assign(let request): return [.assign(request)]
    case .urge(let text):
      let late = (problem.round?.openLegs ?? []).filter { $0.lamp(at: now) == .red }
      if late.isEmpty { return [.command(.urge(leg: nil, text: text))] }
      return late.map { .command(.urge(leg: $0.number, text: text)) }
    }
  }
}

/// A problem that was chosen, as it was when it was chosen.
package struct BulkPick: Hashable, Sendable {
  package let problem: ProblemID
  package let version: Int

  package init(_ problem: ProblemID, version: Int) {
    (self.problem, self.version) = (problem, version)
  }
}

/// What will be or was done to one of many problems.
package struct BulkResult: Sendable {
  package enum Verdict: Sendable {
    /// With what happens.
    case done([ProblemEvent])
    case refused([Problem.Refusal])
    /// Others acted meanwhile.
    case changed
    /// There is no such problem, or the account may not see it.
    case gone
    /// The platform could not; nothing was done to it.
    case failed
  }

  package let pick: BulkPick
  /// Nil where it may not be seen.
  package let problem: Problem?
  package let verdict: Verdict

  package var isDone: Bool {
    if case .done = verdict { true } else { false }
  }
}

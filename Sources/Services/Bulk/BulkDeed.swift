import Domain

/// What is done to many problems at once.
package enum BulkDeed: Sendable {
  case judge(category: String, difficulty: Difficulty, tier: String, note: String)
  case assign(ActOnProblem.AssignRequest)
  case urge(text: String)

  /// Problems in one go.
  package static let most = 100

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

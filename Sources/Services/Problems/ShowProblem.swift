import Domain
import Storage

/// One problem with its history, and what the account may do to it.
package struct ShowProblem: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Detail: Sendable {
    package let history: ProblemHistory
    package let unitPaths: [UnitID: String]
    package let actorNames: [Actor: String]
    /// The actions of the problem's state that are the role's, with the reason against each, if any.
    package let actions: [(action: ProblemAction, refusal: Problem.Refusal?)]

    package var problem: Problem { history.problem }
  }

  /// - Throws: `UseCaseError.notFound`
  package func callAsFunction(_ id: ProblemID, for account: Account) async throws -> Detail {
    let vault = platform.vault
    return try await platform.database.read { connection in
      guard let history = try ProblemHistory.load(id, in: connection),
        try ProblemScope.allows(account, history.problem, in: connection)
      else { throw UseCaseError.notFound }
      let problem = history.problem
      var paths: [UnitID: String] = [:]
      for round in problem.rounds where paths[round.assignment.unit] == nil {
        let unit = try UnitRows.find(round.assignment.unit, in: connection)
        paths[round.assignment.unit] = try unit.map {
          try UnitReference.path(of: $0, in: connection)
        }
      }
      let actions = ProblemAction.allCases.filter {
        $0.states.contains(problem.state) && account.role.problemActions.contains($0)
      }
      return Detail(
        history: history, unitPaths: paths,
        actorNames: try AccountRows.names(
          of: Set(history.steps.map(\.actor)), vault, in: connection),
        actions: actions.map { ($0, problem.refusal(of: $0, by: account.actor)) })
    }
  }
}

import Domain
import Storage

/// One problem with its history, and what the account may do to it.
package struct ShowProblem: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Detail: Sendable {
    package let problem: Problem
    package let steps: [ProblemHistory.Step]
    package let unitPaths: [UnitID: String]
    /// Names of the officials who have a line; none of those whose data were erased.
    package let officialNames: [OfficialID: String]
    package let actorNames: [Actor: String]
    /// The actions of the problem's state that are the role's, with the reasons against each.
    package let options: [Problem.Option]
  }

  /// - Throws: `UseCaseError.notFound`
  package func callAsFunction(_ id: ProblemID, for account: Account) async throws -> Detail {
    let platform = platform
    let now = platform.now()
    return try await platform.database.read { connection in
      let work = try ProblemWork(id, for: account, at: now, platform, in: connection)
      let seesRatings = account.may(.seeRatings)
      let problem = seesRatings ? work.problem : work.problem.withoutRatings
      let steps = work.history.steps(for: account)
      var paths: [UnitID: String] = [:]
      var officials: [OfficialID: String] = [:]
      for leg in problem.rounds.flatMap(\.legs) {
        switch leg.party {
        case .unit(let unit):
          if paths[unit] != nil { continue }
          paths[unit] = try UnitRows.find(unit, in: connection).map {
            try UnitReference.path(of: $0, in: connection)
          }
        case .official(let id):
          if officials[id] != nil { continue }
          officials[id] = try OfficialRows.find(id, platform.vault, in: connection)?.official.name
        }
      }
      return Detail(
        problem: problem, steps: steps, unitPaths: paths, officialNames: officials,
        actorNames: try AccountRows.names(
          of: Set(steps.map(\.actor)), platform.vault, in: connection),
        options: work.problem.options(for: work.who, in: work.surroundings))
    }
  }
}

import Domain
import Storage

/// How one problem stands, for programs: without the papers and the history that a page has.
package struct ReadProblem: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Standing: Sendable {
    package let problem: Problem
    package let parties: ProblemParties
    /// The actions of the problem's state that are the role's, with the reasons against each.
    package let options: [Problem.Option]
  }

  /// - Throws: `UseCaseError.notFound`, `.forbidden`
  package func callAsFunction(_ id: ProblemID, for account: Account) async throws -> Standing {
    let (platform, now) = (platform, platform.now())
    return try await platform.database.look { connection in
      let work = try ProblemWork(id, for: account, at: now, platform, in: connection)
      return Standing(
        problem: account.may(.seeRatings) ? work.problem : work.problem.withoutRatings,
        parties: try ProblemParties(of: work.problem, platform.vault, in: connection),
        options: work.problem.options(for: work.who, in: work.surroundings))
    }
  }

  /// - Throws: `UseCaseError.notFound`, `.forbidden`
  package func version(of id: ProblemID, for account: Account) async throws -> Int {
    try await platform.database.look { connection in
      let visible = try ProblemScope.visibility(of: account, in: connection)
      guard let version = try ProblemList.version(of: id, visible, in: connection) else {
        throw UseCaseError.notFound
      }
      return version
    }
  }
}

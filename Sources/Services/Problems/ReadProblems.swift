import Domain
import Storage

/// The 台账 for programs: pages of the size they ask for, and a problem's version alone.
package struct ReadProblems: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Throws: `ProblemListing.Fault`, `UseCaseError.forbidden`
  package func callAsFunction(
    _ listing: ProblemListing, before: ProblemCursor?, limit: Int, for account: Account
  ) async throws -> ProblemPage {
    guard account.may(.seeProblems) else { throw UseCaseError.forbidden }
    let now = platform.now()
    return try await platform.database.read { connection in
      try ProblemList.page(
        listing.resolved(for: account, in: connection),
        visible: ProblemScope.visibility(of: account, in: connection), before: before,
        limit: limit, now: now, in: connection)
    }
  }

  /// - Throws: `UseCaseError.notFound`
  package func version(of id: ProblemID, for account: Account) async throws -> Int {
    try await platform.database.read { connection in
      let visible = try ProblemScope.visibility(of: account, in: connection)
      guard let version = try ProblemList.version(of: id, visible, in: connection) else {
        throw UseCaseError.notFound
      }
      return version
    }
  }
}

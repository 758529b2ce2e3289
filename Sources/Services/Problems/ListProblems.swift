import Domain
import Storage

/// A page of the 台账, within what the account may see.
package struct ListProblems: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package static let pageSize = 50

  /// - Throws: `UseCaseError.forbidden`
  package func callAsFunction(
    _ filter: ProblemFilter, before: ProblemCursor?, for account: Account
  ) async throws -> ProblemPage {
    try await page(before: before, limit: ListProblems.pageSize, for: account) { _ in filter }
  }

  /// - Throws: `ProblemListing.Fault`, `UseCaseError.forbidden`
  package func callAsFunction(
    _ listing: ProblemListing, before: ProblemCursor?, limit: Int, for account: Account
  ) async throws -> ProblemPage {
    try await page(before: before, limit: limit, for: account) {
      try listing.resolved(for: account, in: $0)
    }
  }

  private func page(
    before: ProblemCursor?, limit: Int, for account: Account,
    _ filter: @escaping @Sendable (any Connection) throws -> ProblemFilter
  ) async throws -> ProblemPage {
    let now = platform.now()
    return try await platform.database.read { connection in
      let visible = try ProblemScope.visibility(of: account, in: connection)
      return try ProblemList.page(
        filter(connection), visible: visible, before: before, limit: limit, now: now,
        in: connection)
    }
  }
}

import Domain
import Storage

/// A page of the 台账, within what the account may see.
package struct ListProblems: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package static let pageSize = 50

  package func callAsFunction(
    _ filter: ProblemFilter, before: ProblemCursor?, for account: Account
  ) async throws -> ProblemPage {
    let now = platform.now()
    return try await platform.database.read { connection in
      try ProblemList.page(
        filter, visible: ProblemScope.visibility(of: account, in: connection), before: before,
        limit: ListProblems.pageSize, now: now, in: connection)
    }
  }
}

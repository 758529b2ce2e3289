import Domain
import Storage

/// 工作台: a page of what an account has to do now, how much of each sort there is, and the drafts that
/// wait for the office.
package struct ShowWorkbench: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package static let pageSize = 50
  /// Drafts shown beside the list; their own page has the others.
  package static let draftsShown = 5

  package struct Bench: Sendable {
    package let page: Page<TaskRows.Line, TaskRows.Cursor>
    package let counts: TaskCounts
    /// The oldest first; none for who does not issue orders.
    package let drafts: [OrderSummary]
    package let draftCount: Int
  }

  /// - Throws: `UseCaseError.forbidden` for a handler or official who is linked to nothing.
  package func callAsFunction(
    _ filter: TaskFilter = TaskFilter(), after cursor: TaskRows.Cursor? = nil,
    limit: Int = ShowWorkbench.pageSize, for account: Account
  ) async throws -> Bench {
    let now = platform.now()
    return try await platform.database.read { connection in
      guard let desk = try ProblemScope.desk(of: account, in: connection) else {
        return Bench(
          page: .init(items: [], next: nil), counts: TaskCounts(), drafts: [], draftCount: 0)
      }
      // Drafts of the whole city: a county's office finds its own in the list of orders.
      let issues = account.reach(of: .issueOrders) == .all
      let drafts =
        issues && filter == TaskFilter() && cursor == nil
        ? try OrderList.drafts(Self.draftsShown, in: connection) : []
      return Bench(
        page: try TaskRows.page(
          desk, filter, after: cursor, limit: limit, now: now, in: connection),
        counts: try TaskRows.counts(desk, now: now, in: connection), drafts: drafts,
        draftCount: issues ? try OrderList.draftCount(in: connection) : 0)
    }
  }
}

import Domain
import Storage

/// How much an account has to do now: asked for by every page that is looked at, so counted and not
/// listed, and no further than `TaskCounts.limit`.
package struct CountTasks: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Throws: `UseCaseError.forbidden` for a handler or official who is linked to nothing.
  package func callAsFunction(for account: Account) async throws -> Int {
    let now = platform.now()
    return try await platform.database.read { connection in
      guard let desk = try ProblemScope.desk(of: account, in: connection) else { return 0 }
      return try TaskRows.count(desk, now: now, in: connection)
    }
  }
}

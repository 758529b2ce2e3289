import Domain
import Storage

/// The to-do list of an account, the most urgent first.
package struct ShowTasks: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Throws: `UseCaseError.forbidden` for a handler or official who is linked to nothing.
  package func callAsFunction(
    for account: Account, limit: Int = 50
  ) async throws -> [TaskRows.Line] {
    let now = platform.now()
    return try await platform.database.read { connection in
      guard let desk = try ProblemScope.desk(of: account, in: connection) else { return [] }
      return try TaskRows.list(desk, limit: limit, now: now, in: connection)
    }
  }
}

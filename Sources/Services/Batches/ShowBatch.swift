import Domain
import Storage

/// One batch with its problems.
package struct ShowBatch: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Detail: Sendable {
    package let batch: BatchRows.Stored
    package let count: BatchRows.Count
    /// The oldest first, at most `ShowBatch.limit`.
    package let problems: [ProblemSummary]
  }

  /// Problems that are shown.
  package static let limit = 500

  /// - Throws: `UseCaseError.notFound`, `.forbidden`
  package func callAsFunction(_ id: BatchID, for account: Account) async throws -> Detail {
    guard account.may(.manageBatches) else { throw UseCaseError.forbidden }
    return try await platform.database.read { connection in
      guard let batch = try BatchRows.find(id, in: connection) else { throw UseCaseError.notFound }
      let counts = try BatchRows.counts(of: [id], in: connection)
      return Detail(
        batch: batch, count: counts[id] ?? .none,
        problems: try ProblemList.ofBatch(id, limit: ShowBatch.limit, in: connection))
    }
  }
}

import Domain
import Storage

/// Takes a view of one's own away; what it showed stays.
package struct DropView: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Throws: `UseCaseError.notFound` for a view of somebody else.
  package func callAsFunction(_ id: Int64, by account: Account) async throws {
    try await platform.database.write { connection in
      guard try SavedViewRows.find(id, in: connection)?.account == account.id else {
        throw UseCaseError.notFound
      }
      try SavedViewRows.remove(id, in: connection)
    }
  }
}

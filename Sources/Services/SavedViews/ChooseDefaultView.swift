import Domain
import Storage

/// Opens the list with a view of one's own from now on, or with none.
package struct ChooseDefaultView: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Throws: `UseCaseError.notFound` for a view of somebody else.
  package func callAsFunction(_ id: Int64?, by account: Account) async throws {
    try await platform.database.write { connection in
      if let id, try SavedViewRows.find(id, in: connection)?.account != account.id {
        throw UseCaseError.notFound
      }
      try SavedViewRows.setDefault(id, of: account.id, in: connection)
    }
  }
}

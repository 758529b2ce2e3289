import Domain
import Storage

/// Keeps filters and columns of the problem list under a name; one of the same name is overwritten.
package struct SaveView: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package static let longestName = 40
  /// Views an account may keep.
  package static let most = 50
  /// Bytes of a query.
  private static let longestQuery = 2000

  /// - Parameter query: filters and columns as they stand in the address, already checked.
  /// - Returns: the view's id.
  /// - Throws: `SavedViewRefusal`
  @discardableResult
  package func callAsFunction(
    _ name: String, query: String, isShared: Bool, isDefault: Bool, by account: Account
  ) async throws -> Int64 {
    let name = name.trimmed
    if name.isEmpty { throw SavedViewRefusal.nameMissing }
    if name.count > Self.longestName || query.utf8.count > Self.longestQuery {
      throw SavedViewRefusal.nameTooLong
    }
    if isShared, !account.role.isOffice { throw SavedViewRefusal.mayNotShare }
    let now = platform.now()
    return try await platform.database.write { connection in
      if try SavedViewRows.count(of: account.id, in: connection) >= Self.most {
        throw SavedViewRefusal.tooMany
      }
      let id = try SavedViewRows.save(
        name, query: query, isShared: isShared, of: account.id, at: now, in: connection)
      if isDefault { try SavedViewRows.setDefault(id, of: account.id, in: connection) }
      return id
    }
  }
}

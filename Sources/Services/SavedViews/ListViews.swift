import Domain
import Storage

/// The views with which an account may open the list: its own by name, then what others of the office share.
package struct ListViews: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package func callAsFunction(for account: Account) async throws -> [SavedView] {
    try await platform.database.read { try ListViews.of(account, in: $0) }
  }

  static func of(_ account: Account, in connection: any Connection) throws -> [SavedView] {
    try SavedViewRows.list(of: account.id, withShared: account.role.isOffice, in: connection)
  }
}

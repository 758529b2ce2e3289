import Domain
import Storage

/// The account a person names at the command line, where the database file itself is the key.
package struct FindAccount: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Throws: `UseCaseError.unknownAccount`
  package func callAsFunction(username: String) async throws -> Account {
    let vault = platform.vault
    let found = try await platform.database.read {
      try AccountRows.find(username: username, vault, in: $0)?.account
    }
    guard let found else { throw UseCaseError.unknownAccount(username) }
    return found
  }

  /// - Parameter username: nil for whoever holds the database itself.
  /// - Throws: `UseCaseError.unknownAccount`
  package func callAsFunction(optional username: String?) async throws -> Account? {
    if let username { try await self(username: username) } else { nil }
  }

  /// The account of a username, or of a number where nobody has taken it up.
  /// - Throws: `UseCaseError.unknownAccount`
  package func callAsFunction(reference text: String) async throws -> AccountID {
    let vault = platform.vault
    let found = try await platform.database.read { connection in
      if let id = try AccountRows.find(username: text, vault, in: connection)?.account.id {
        return AccountID?.some(id)
      }
      guard let number = Int64(text) else { return nil }
      return try AccountRows.find(AccountID(number), vault, in: connection)?.account.id
    }
    guard let found else { throw UseCaseError.unknownAccount(text) }
    return found
  }

  /// Accounts whose owner has this number, taken up or not.
  package func callAsFunction(
    _ phone: PhoneNumber
  ) async throws -> [(id: AccountID, username: String?, name: String)] {
    let vault = platform.vault
    return try await platform.database.read { try AccountRows.find(phone, vault, in: $0) }
  }
}

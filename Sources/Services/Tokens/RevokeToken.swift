import Domain
import Storage

/// Ends a token before its time; on this server at once, on others within two seconds.
package struct RevokeToken: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Returns: whose it was: the account's own, or a program's that it made.
  /// - Throws: `UseCaseError.notFound` for what is no such token that is still good.
  @discardableResult
  package func callAsFunction(_ id: Int64, by account: Account) async throws -> AccountID {
    try await revoke(id, by: account.actor) { owner, connection in
      try owner == account.id || ServiceRows.maker(of: owner, in: connection) == account.id
    }
  }

  /// By whoever holds the database.
  /// - Throws: `UseCaseError.notFound`
  package func callAsFunction(_ id: Int64) async throws {
    _ = try await revoke(id, by: .system) { _, _ in true }
  }

  private func revoke(
    _ id: Int64, by actor: Actor,
    _ mayEnd: @escaping @Sendable (AccountID, any Connection) throws -> Bool
  ) async throws -> AccountID {
    let now = platform.now()
    let owner = try await platform.database.write { connection in
      guard let owner = try TokenRows.account(of: id, in: connection),
        try mayEnd(owner, connection),
        try TokenRows.revoke(id, of: owner, at: now, by: actor, in: connection)
      else { throw UseCaseError.notFound }
      return owner
    }
    platform.tokens.forgetAll()
    return owner
  }
}

import Domain
import Storage

/// Somebody closes the account of a program they made: its tokens end with it. Administrators have
/// `CloseAccount` for it.
package struct CloseServiceAccount: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Throws: `UseCaseError.notFound` for what is no program of the account's, `.accountRefused(.closed)`
  package func callAsFunction(_ id: AccountID, by account: Account) async throws {
    let (now, vault) = (platform.now(), platform.vault)
    try await platform.database.write { connection in
      guard let stored = try AccountRows.find(id, vault, in: connection),
        stored.account.maker == account.id
      else { throw UseCaseError.notFound }
      guard stored.closedAt == nil else { throw UseCaseError.accountRefused(.closed) }
      try AccountRows.close(id, at: now, by: account.actor, in: connection)
    }
    platform.tokens.forgetAll()
  }
}

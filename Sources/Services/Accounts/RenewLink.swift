import Cryptography
import Domain
import Storage

/// A new one-time link for somebody whose link was lost or ran out, or who forgot the password. Links given
/// out before are worth nothing then.
package struct RenewLink: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// By the system administrator. Where the account is in use, it waits for the security administrator's
  /// grant after the new password: else whoever sends links could act as anybody.
  /// - Throws: `UseCaseError.forbidden`, `.notFound`, `.accountRefused`
  package func callAsFunction(for id: AccountID, by account: Account) async throws -> SecretToken {
    guard account.may(.manageAccounts) else { throw UseCaseError.forbidden }
    guard id != account.id else { throw UseCaseError.accountRefused(.ownAccount) }
    return try await renew(id, by: account.actor)
  }

  /// By whoever holds the database: the account works at once.
  /// - Throws: `UseCaseError.notFound`, `.accountRefused`
  package func callAsFunction(for id: AccountID) async throws -> SecretToken {
    try await renew(id, by: .system)
  }

  private func renew(_ id: AccountID, by actor: Actor) async throws -> SecretToken {
    let (now, vault) = (platform.now(), platform.vault)
    return try await platform.database.write { connection in
      guard let stored = try AccountRows.find(id, vault, in: connection) else {
        throw UseCaseError.notFound
      }
      guard stored.closedAt == nil else { throw UseCaseError.accountRefused(.closed) }
      guard !stored.account.isService else { throw UseCaseError.accountRefused(.isService) }
      try AccountRows.withdrawLinks(of: id, in: connection)
      try AccountRows.recordLink(of: id, at: now, by: actor, in: connection)
      return try InviteAccount.link(
        for: id, needsGrant: stored.isTakenUp && actor != .system, at: now, in: connection)
    }
  }
}

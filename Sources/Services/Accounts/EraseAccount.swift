import Domain
import Storage

/// Somebody's personal data are erased: the account is closed and its owner's key destroyed. What the
/// account did stays in the ledger, without a name.
package struct EraseAccount: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Throws: `UseCaseError.unknownAccount`
  package func callAsFunction(username: String, by actor: Actor) async throws {
    let account = try await FindAccount(platform)(username: username)
    let (now, vault) = (platform.now(), platform.vault)
    try await platform.database.write {
      try AccountRows.erase(account.id, at: now, by: actor, vault, in: $0)
    }
    try await platform.database.purge("person_keys")
  }
}

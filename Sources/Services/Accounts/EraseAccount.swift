import Domain
import Storage

/// Somebody's personal data are erased: the account is closed and its owner's key destroyed. What the
/// account did stays in the ledger, without a name.
package struct EraseAccount: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// The key is destroyed, but its remains are still in the engine's files: something holds them.
  package struct RemainsLeft: Error, Sendable, Equatable {
    package let account: AccountID
  }

  /// May be called again, by the account's number, until nothing remains.
  /// - Parameter name: a username, or the number of an account that nobody has taken up.
  /// - Throws: `UseCaseError.unknownAccount`, `RemainsLeft`
  package func callAsFunction(_ name: String, by actor: Actor) async throws {
    let id: AccountID
    do {
      id = try await FindAccount(platform)(username: name).id
    } catch UseCaseError.unknownAccount(let name) {
      guard let number = Int64(name) else { throw UseCaseError.unknownAccount(name) }
      id = AccountID(number)
    }
    let (now, vault) = (platform.now(), platform.vault)
    let isKnown = try await platform.database.write {
      try AccountRows.erase(id, at: now, by: actor, vault, in: $0)
    }
    guard isKnown else { throw UseCaseError.unknownAccount(name) }
    platform.tokens.forgetAll()
    do {
      try await platform.database.purge("person_keys")
    } catch is StorageError {
      throw RemainsLeft(account: id)
    }
  }
}

import Cryptography
import Domain
import Storage

/// A second factor is taken away: by its owner where it is not obligatory, or by the security administrator
/// for somebody who has lost it.
package struct RemoveSecondFactor: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// By its owner, who gives the password again.
  /// - Throws: `UseCaseError.credentials(.passwordWrong)`, `.tooManyTries`, `.accountRefused`
  package func callAsFunction(
    own session: SignIn.Session, password: String, _ arrival: Arrival = Arrival()
  ) async throws {
    let account = session.account
    guard !account.role.isAdministrator else {
      throw UseCaseError.accountRefused(.secondFactorObligatory)
    }
    try await ChangePassword(platform).confirm(password, of: account, arrival)
    try await remove(account.id, by: account.actor, keeping: session.id)
  }

  /// - Throws: `UseCaseError.forbidden`, `.accountRefused`
  package func callAsFunction(of id: AccountID, by account: Account) async throws {
    guard account.may(.grantRights) else { throw UseCaseError.forbidden }
    guard id != account.id else { throw UseCaseError.accountRefused(.ownAccount) }
    try await remove(id, by: account.actor, keeping: nil)
  }

  /// By whoever holds the database.
  package func callAsFunction(of id: AccountID) async throws {
    try await remove(id, by: .system, keeping: nil)
  }

  private func remove(_ id: AccountID, by actor: Actor, keeping session: Int64?) async throws {
    let now = platform.now()
    try await platform.database.write { connection in
      guard try SecondFactorRows.remove(of: id, at: now, by: actor, in: connection) else {
        throw UseCaseError.accountRefused(.noSecondFactor)
      }
      try SessionRows.endAll(of: id, but: session, in: connection)
    }
  }
}

import Domain
import Storage

/// The system administrator asks for another role or unit for an account; it works when the security
/// administrator grants it, and until then as before.
package struct ChangeSeat: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Throws: `UseCaseError.forbidden`, `.notFound`, `.accountRefused`
  package func callAsFunction(
    of id: AccountID, to seat: AccountSeat, by account: Account
  ) async throws {
    guard account.may(.manageAccounts) else { throw UseCaseError.forbidden }
    guard id != account.id else { throw UseCaseError.accountRefused(.ownAccount) }
    let (now, vault) = (platform.now(), platform.vault)
    try await platform.database.write { connection in
      guard let stored = try AccountRows.find(id, vault, in: connection) else {
        throw UseCaseError.notFound
      }
      guard stored.closedAt == nil else { throw UseCaseError.accountRefused(.closed) }
      guard !stored.account.isService else { throw UseCaseError.accountRefused(.isService) }
      guard stored.seat != seat else { throw UseCaseError.accountRefused(.sameSeat) }
      guard !stored.account.role.isAdministrator, !seat.role.isAdministrator else {
        throw UseCaseError.accountRefused(.administratorStays)
      }
      try InviteAccount.check(seat, on: now.day, in: connection)
      try GrantRows.askSeat(seat, of: id, at: now, by: account.actor, in: connection)
    }
  }
}

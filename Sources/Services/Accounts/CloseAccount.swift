import Domain
import Storage

/// The system administrator closes an account: nobody signs in to it any more, and programs that its owner
/// made accounts for end. A program's account the security administrator may close as well.
package struct CloseAccount: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Throws: `UseCaseError.forbidden`, `.notFound`, `.accountRefused`
  package func callAsFunction(_ id: AccountID, by account: Account) async throws {
    guard account.may(.manageAccounts) || account.may(.grantRights) else {
      throw UseCaseError.forbidden
    }
    guard id != account.id else { throw UseCaseError.accountRefused(.ownAccount) }
    let (now, vault) = (platform.now(), platform.vault)
    // One at a time: two who close each other's would leave none.
    try await platform.database.write(exclusively: .firstStart) { connection in
      guard let stored = try AccountRows.find(id, vault, in: connection) else {
        throw UseCaseError.notFound
      }
      guard account.may(.manageAccounts) || stored.account.isService else {
        throw UseCaseError.forbidden
      }
      guard stored.closedAt == nil else { throw UseCaseError.accountRefused(.closed) }
      let role = stored.account.role
      if role.isAdministrator, stored.isTakenUp, stored.grantedAt != nil,
        try AccountRows.others(role, than: id, in: connection) == 0
      {
        throw UseCaseError.accountRefused(.lastAdministrator)
      }
      try AccountRows.close(id, at: now, by: account.actor, in: connection)
    }
    platform.tokens.forgetAll()
  }
}

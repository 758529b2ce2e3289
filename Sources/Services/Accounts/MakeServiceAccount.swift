import Domain
import Storage

/// Somebody of an office or a unit makes an account for a program of their unit's own system. It has their
/// seat, fewer rights and no password, and works with what tokens they make for it.
package struct MakeServiceAccount: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Throws: `UseCaseError.forbidden`, `.accountRefused`
  package func callAsFunction(name: String, by account: Account) async throws -> AccountID {
    guard account.may(.manageServiceAccounts) else { throw UseCaseError.forbidden }
    let name = name.trimmed
    guard Unit.isName(name) else { throw UseCaseError.accountRefused(.nameForm) }
    let (now, vault) = (platform.now(), platform.vault)
    let id = AccountID(Identifiers.shared.next(now))
    // One at a time, also with the closing of accounts: no program outlives its maker.
    try await platform.database.write(exclusively: .firstStart) { connection in
      guard let maker = try AccountRows.find(account.id, vault, in: connection),
        maker.closedAt == nil, maker.account.may(.manageServiceAccounts)
      else { throw UseCaseError.forbidden }
      guard try ServiceRows.open(of: account.id, in: connection) < ServiceAccount.most else {
        throw UseCaseError.accountRefused(.tooManyServices)
      }
      try ServiceRows.make(id, name: name, for: maker.account, at: now, vault, in: connection)
    }
    return id
  }
}

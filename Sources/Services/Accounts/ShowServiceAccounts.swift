import Domain
import Storage

/// The programs that somebody has made accounts for; nobody else's.
package struct ShowServiceAccounts: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// Those that work, and those that were closed lately, the newest first.
  /// - Throws: `UseCaseError.forbidden`
  package func callAsFunction(of account: Account) async throws -> [AccountRows.Stored] {
    guard account.may(.manageServiceAccounts) else { throw UseCaseError.forbidden }
    let (vault, since) = (platform.vault, since)
    return try await platform.database.read {
      try ServiceRows.list(of: account.id, closedAfter: since, vault, in: $0)
    }
  }

  package struct Shown: Sendable {
    package let stored: AccountRows.Stored
    package let tokens: [TokenRows.Line]
  }

  /// - Throws: `UseCaseError.forbidden`, `.notFound` for what is no program of the account's.
  package func one(_ id: AccountID, of account: Account) async throws -> Shown {
    guard account.may(.manageServiceAccounts) else { throw UseCaseError.forbidden }
    let (vault, since) = (platform.vault, since)
    return try await platform.database.read { connection in
      guard let stored = try AccountRows.find(id, vault, in: connection),
        stored.account.maker == account.id
      else { throw UseCaseError.notFound }
      return Shown(
        stored: stored,
        tokens: try TokenRows.list(of: id, endedAfter: since, vault, in: connection))
    }
  }

  private var since: Instant { platform.now() + -Int64(ListTokens.shownAfter) * 86_400 }
}

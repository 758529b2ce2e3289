import Domain
import Storage

/// An account's tokens: those that are good, and those that ended lately.
package struct ListTokens: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// Days for which a token that ended is still shown.
  package static let shownAfter = 30

  /// Somebody's own, the newest first.
  package func callAsFunction(of account: Account) async throws -> [TokenRows.Line] {
    try await callAsFunction(of: account.id)
  }

  /// For whoever holds the database.
  package func callAsFunction(of id: AccountID) async throws -> [TokenRows.Line] {
    let (vault, since) = (platform.vault, platform.now() + -Int64(Self.shownAfter) * 86_400)
    return try await platform.database.read {
      try TokenRows.list(of: id, endedAfter: since, vault, in: $0)
    }
  }
}

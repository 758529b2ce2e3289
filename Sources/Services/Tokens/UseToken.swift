import Cryptography
import Domain
import Storage

/// Whom a token that a program presents stands for.
package struct UseToken: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// Seconds between two notes that a token is in use.
  private static let noteEvery: Int64 = 60

  /// Mostly from memory: a token that another server ended may hold for two seconds more, never longer than
  /// it was made for.
  /// - Parameter address: where the request comes from.
  /// - Returns: nil for what is no token, has run out, was revoked, or whose account does not work.
  package func callAsFunction(
    _ token: SecretToken, from address: String?
  ) async throws -> TokenGrant? {
    guard TokenRules.isTokenText(token.text) else { return nil }
    let (now, hash, cache) = (platform.now(), token.hash, platform.tokens)
    if let known = cache.held(by: hash, now: now) {
      note(known, from: address, now: now)
      return known.grant
    }
    let generation = cache.generation
    let vault = platform.vault
    let found = try await platform.database.look {
      try TokenRows.held(by: token, now: now, vault, in: $0)
    }
    guard let found else { return nil }
    cache.keep(found, for: hash, generation: generation, now: now)
    note(found, from: address, now: now)
    return found.grant
  }

  /// Beside the request, which waits for no writer and does not fail where the database can only be read.
  private func note(_ held: TokenRows.Held, from address: String?, now: Instant) {
    guard platform.tokens.notes(held, every: Self.noteEvery, now: now) else { return }
    let (database, vault) = (platform.database, platform.vault)
    let before = now + -Self.noteEvery
    Task {
      try? await database.write {
        try TokenRows.touch(held, from: address, now: now, before: before, vault, in: $0)
      }
    }
  }
}

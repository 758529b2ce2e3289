import Cryptography
import Domain
import Storage

/// The secret addresses of an account's calendar: whoever has one reads deadlines and visits with it, and can do
/// nothing else.
package struct FeedAddresses: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// What a text begins with, so that it is no token for programs and no session.
  package static let prefix = "lbf_"
  /// Of one account: a telephone, a computer, and some more.
  package static let most = 5

  package enum Refusal: Error { case tooMany }

  package func list(of account: Account) async throws -> [FeedRows.Line] {
    try await platform.database.read { try FeedRows.list(of: account.id, in: $0) }
  }

  /// - Returns: the secret, which nobody can show again.
  /// - Throws: `Refusal`
  package func make(for account: Account) async throws -> SecretToken {
    let (now, token) = (platform.now(), SecretToken.random(prefix: Self.prefix))
    try await platform.database.write { connection in
      guard try FeedRows.list(of: account.id, in: connection).count < Self.most else {
        throw Refusal.tooMany
      }
      try FeedRows.make(token, for: account.id, at: now, in: connection)
    }
    return token
  }

  /// - Throws: `UseCaseError.notFound`
  package func end(_ id: Int64, of account: Account) async throws {
    try await platform.database.write { connection in
      guard try FeedRows.end(id, of: account.id, in: connection) else {
        throw UseCaseError.notFound
      }
    }
  }
}

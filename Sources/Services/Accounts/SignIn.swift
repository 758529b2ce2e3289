import Cryptography
import Domain
import Storage

/// Opens, checks and ends sessions.
package struct SignIn: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// Twelve hours in seconds: a working day, not a week.
  package static let lifetime: Int64 = 12 * 3600

  /// - Returns: the new session; the browser gets its text, the database only its hash.
  /// - Throws: `UseCaseError.signInFailed`, the same for a wrong name and a wrong password.
  package func callAsFunction(username: String, password: String) async throws -> SecretToken {
    let vault = platform.vault
    let found = try await platform.database.read {
      try AccountRows.find(username: username.trimmed, vault, in: $0)
    }
    guard password.utf8.count <= Credentials.maximumPassword,
      try await PasswordThreads.check(password, against: found?.password), let found
    else { throw UseCaseError.signInFailed }
    let now = platform.now()
    let session = SecretToken.random()
    try await platform.database.write {
      try AccountRows.open(
        session, for: found.account.id, now: now, expires: now + SignIn.lifetime, in: $0)
    }
    return session
  }

  /// Who holds a session, or nil.
  package func account(of session: SecretToken) async throws -> Account? {
    let (now, vault) = (platform.now(), platform.vault)
    return try await platform.database.read {
      try AccountRows.signedIn(with: session, now: now, vault, in: $0)
    }
  }

  package func end(_ session: SecretToken) async throws {
    try await platform.database.write { try AccountRows.end(session, in: $0) }
  }
}

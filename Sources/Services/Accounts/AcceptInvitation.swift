import Cryptography
import Domain
import Storage

/// The owner of a one-time link chooses a username and a password, and is signed in.
package struct AcceptInvitation: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// Whose link this is.
  /// - Throws: `UseCaseError.linkNotValid`
  package func holder(of token: SecretToken) async throws -> String {
    let (now, vault) = (platform.now(), platform.vault)
    let invited = try await platform.database.read {
      try AccountRows.invited(by: token, now: now, vault, in: $0)
    }
    guard let invited else { throw UseCaseError.linkNotValid }
    return invited.name
  }

  /// - Returns: the new session.
  /// - Throws: `UseCaseError.linkNotValid`, `.credentials`
  package func callAsFunction(
    _ token: SecretToken, username: String, password: String, repeated: String
  ) async throws -> SecretToken {
    _ = try await holder(of: token)
    let username = username.trimmed
    do throws(CredentialFault) {
      try Credentials.check(username: username)
      try Credentials.check(password: password, username: username)
      guard password == repeated else { throw .passwordsDiffer }
    } catch {
      throw UseCaseError.credentials(error)
    }
    let hash = try await PasswordThreads.hash(password)
    let (now, vault) = (platform.now(), platform.vault)
    let session = SecretToken.random()
    try await platform.database.write { connection in
      guard
        let invited = try AccountRows.invited(
          by: token, now: now, vault, in: connection),
        try AccountRows.use(token, now: now, in: connection)
      else { throw UseCaseError.linkNotValid }
      do {
        try AccountRows.activate(
          invited.id, username: username, password: hash, at: now, in: connection)
      } catch StorageError.notUnique {
        throw UseCaseError.credentials(.usernameTaken)
      }
      try AccountRows.open(
        session, for: invited.id, now: now, expires: now + SignIn.lifetime, in: connection)
    }
    return session
  }
}

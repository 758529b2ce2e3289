import Cryptography
import Domain
import Storage

/// The owner of a one-time link chooses username and password, or a new password where there is a username,
/// and gets a session.
package struct AcceptInvitation: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// Whose link this is.
  /// - Throws: `UseCaseError.linkNotValid`
  package func holder(of token: SecretToken) async throws -> AccountRows.Invited {
    let (now, vault) = (platform.now(), platform.vault)
    let invited = try await platform.database.read {
      try AccountRows.invited(by: token, now: now, vault, in: $0)
    }
    guard let invited else { throw UseCaseError.linkNotValid }
    return invited
  }

  /// - Parameter username: without meaning where there is one already.
  /// - Returns: the new session.
  /// - Throws: `UseCaseError.linkNotValid`, `.credentials`
  package func callAsFunction(
    _ token: SecretToken, username: String, password: String, repeated: String,
    _ arrival: Arrival = Arrival()
  ) async throws -> SecretToken {
    let invited = try await holder(of: token)
    let username = invited.username ?? username.trimmed
    let platform = platform
    do throws(CredentialFault) {
      if invited.username == nil { try Credentials.check(username: username) }
      try Credentials.check(
        password: password, username: username, platform.signInRules.password)
      guard password == repeated else { throw .passwordsDiffer }
    } catch {
      throw UseCaseError.credentials(error)
    }
    if invited.username != nil {
      try await ChangePassword(platform).refuseUsed(password, of: invited.id)
    }
    let hash = try await PasswordThreads.hash(password)
    let (now, vault) = (platform.now(), platform.vault)
    let session = SecretToken.random()
    try await platform.database.write { connection in
      guard let invited = try AccountRows.invited(by: token, now: now, vault, in: connection),
        try AccountRows.use(token, now: now, in: connection)
      else { throw UseCaseError.linkNotValid }
      if invited.username == nil {
        do {
          try AccountRows.activate(
            invited.id, username: username, password: hash, at: now, in: connection)
        } catch StorageError.notUnique {
          throw UseCaseError.credentials(.usernameTaken)
        }
      } else {
        guard let stored = try AccountRows.find(invited.id, vault, in: connection) else {
          throw UseCaseError.linkNotValid
        }
        try PasswordRows.reset(
          of: stored, to: hash, grant: invited.needsGrant ? .waits : nil, at: now, in: connection)
        try SessionRows.endAll(of: invited.id, in: connection)
      }
      try SessionRows.open(
        session, for: invited.id, on: arrival.device, now: now,
        expires: now + platform.signInRules.lifetime, in: connection)
      // With a second factor somebody is signed in when its code is given.
      if let held = try SessionRows.held(by: session, now: now, vault, in: connection),
        !held.hasSecondFactor
      {
        try SignIn.record(held.account, arrival, at: now, vault, in: connection)
      }
    }
    // An account in use may have to be granted anew.
    if invited.username != nil { platform.tokens.forgetAll() }
    return session
  }
}

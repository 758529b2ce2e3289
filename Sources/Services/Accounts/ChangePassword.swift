import Cryptography
import Domain
import Storage

/// The owner of an account changes its password: other sessions end, and this one gets a new text.
package struct ChangePassword: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Returns: the session's new text.
  /// - Throws: `UseCaseError.credentials`, `.tooManyTries`, `.signInFailed` where the session is over.
  package func callAsFunction(
    _ session: SignIn.Session, old: String, new: String, repeated: String,
    _ arrival: Arrival = Arrival()
  ) async throws -> SecretToken {
    let (platform, account) = (platform, session.account)
    let username = account.username
    do throws(CredentialFault) {
      try Credentials.check(password: new, username: username, platform.signInRules.password)
      guard new == repeated else { throw .passwordsDiffer }
    } catch {
      throw UseCaseError.credentials(error)
    }
    let current = try await confirm(old, of: account, arrival)
    try await refuseUsed(new, of: account.id)
    let hash = try await PasswordThreads.hash(new)
    let now = platform.now()
    let token = SecretToken.random()
    try await platform.database.write { connection in
      guard
        try PasswordRows.change(
          of: account.id, from: current, to: hash, at: now, in: connection),
        try SessionRows.renew(session.id, as: token, in: connection)
      else { throw UseCaseError.signInFailed }
      try SessionRows.endAll(of: account.id, but: session.id, in: connection)
      try AccountRows.withdrawLinks(of: account.id, in: connection)
    }
    return token
  }

  /// Makes sure that this is the password in force; wrong ones are counted.
  /// - Returns: its hash.
  /// - Throws: `UseCaseError.credentials`, `.tooManyTries`, `.signInFailed` where the account has none any
  ///   more.
  @discardableResult
  func confirm(
    _ password: String, of account: Account, _ arrival: Arrival
  ) async throws -> PasswordHash {
    let hashes = try await platform.database.read {
      try PasswordRows.hashes(of: account.id, in: $0)
    }
    guard let hashes else { throw UseCaseError.signInFailed }
    let tries = CountTries(platform)
    let attempt = try await tries.begin(account.username, of: account.id, arrival)
    let isRight = try await tries.looking(attempt) {
      guard password.utf8.count <= Credentials.maximumPassword else { return false }
      return try await PasswordThreads.check(password, against: hashes.current)
    }
    guard isRight else {
      try await tries.failed(attempt, of: account.id)
      throw UseCaseError.credentials(.passwordWrong)
    }
    try await platform.database.write { try tries.succeeded(attempt, in: $0) }
    return hashes.current
  }

  /// - Throws: `UseCaseError.credentials(.passwordUsed)` for the password in force and the one before.
  func refuseUsed(_ password: String, of account: AccountID) async throws {
    let hashes = try await platform.database.read { try PasswordRows.hashes(of: account, in: $0) }
    for hash in [hashes?.current, hashes?.previous].compactMap({ $0 }) {
      guard try await !PasswordThreads.check(password, against: hash) else {
        throw UseCaseError.credentials(.passwordUsed)
      }
    }
  }
}

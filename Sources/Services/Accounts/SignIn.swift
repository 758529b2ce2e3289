import Cryptography
import Domain
import Storage

/// Opens, checks and ends sessions.
package struct SignIn: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// A session and how far its holder has come.
  package struct Session: Sendable {
    package let id: Int64
    package let account: Account
    package let stage: SignInStage
    package let hasSecondFactor: Bool
    /// Of the account: whether the security administrator has granted it.
    package let isGranted: Bool
    package let passwordChangedAt: Instant?
    /// Notices that were not read; nil where nobody asked.
    package let unread: Int?
  }

  /// Seconds between two notes that a session is in use.
  private static let noteEvery: Int64 = 60

  /// - Returns: the new session; the browser gets its text, the database only its hash.
  /// - Throws: `UseCaseError.signInFailed`, the same for a wrong name and a wrong password;
  ///   `.tooManyTries`
  package func callAsFunction(
    username: String, password: String, _ arrival: Arrival = Arrival()
  ) async throws -> SecretToken {
    let (platform, vault) = (platform, platform.vault)
    let name = username.trimmed.lowercased()
    let found = try await platform.database.read {
      try AccountRows.find(username: name, vault, in: $0)
    }
    let tries = CountTries(platform)
    let attempt = try await tries.begin(name, of: found?.account.id, arrival)
    let isRight = try await tries.looking(attempt) {
      guard password.utf8.count <= Credentials.maximumPassword else { return false }
      return try await PasswordThreads.check(password, against: found?.password)
    }
    guard isRight, let account = found?.account else {
      try await tries.failed(attempt, of: found?.account.id)
      throw UseCaseError.signInFailed
    }
    let now = platform.now()
    let session = SecretToken.random()
    try await platform.database.write { connection in
      try tries.succeeded(attempt, in: connection)
      try SessionRows.open(
        session, for: account.id, on: arrival.device, now: now,
        expires: now + platform.signInRules.lifetime, in: connection)
      let held = try SessionRows.held(by: session, now: now, vault, in: connection)
      // With a second factor somebody is signed in when its code is given.
      if held?.hasSecondFactor == false {
        try SignIn.record(account, arrival, at: now, vault, in: connection)
      }
    }
    return session
  }

  static func record(
    _ account: Account, _ arrival: Arrival, at now: Instant, _ vault: Vault,
    in connection: any Connection
  ) throws {
    let person = try AccountRows.find(account.id, vault, in: connection)?.person
    try SessionRows.record(
      account, person: try person.flatMap { try vault.key(of: $0, in: connection) },
      origin: arrival.origin, at: now, in: connection)
  }

  /// The session of a text, or nil where there is none, it was left alone for too long, or is over.
  /// - Parameters:
  ///   - isPolling: whether the page asks by itself: nobody need sit before it, so that the session ends
  ///     as if it were left alone.
  ///   - countsUnread: whether to count what the account has not read, for the frame of a page.
  package func session(
    of token: SecretToken, isPolling: Bool = false, countsUnread: Bool = false
  ) async throws -> Session? {
    let (now, vault, rules) = (platform.now(), platform.vault, platform.signInRules)
    let found = try await platform.database.look { connection in
      try SessionRows.held(by: token, now: now, vault, in: connection).map { held in
        let account = held.account.id
        return (
          held: held,
          unread: countsUnread
            ? try CountUnread.count(for: account, now: now, in: connection) : nil
        )
      }
    }
    guard let (held, unread) = found, now - held.lastSeenAt < rules.idle(for: held.account.role)
    else { return nil }
    if !isPolling, now - held.lastSeenAt >= Self.noteEvery {
      // A database that cannot be written just now can still be read.
      try? await platform.database.write {
        try SessionRows.touch(held.id, now: now, before: now + -Self.noteEvery, in: $0)
      }
    }
    return Session(
      id: held.id, account: held.account,
      stage: .of(
        role: held.account.role, isGranted: held.isGranted, hasSecondFactor: held.hasSecondFactor,
        hasCode: held.hasCode, passwordSetAt: held.passwordChangedAt, rules.password, now: now),
      hasSecondFactor: held.hasSecondFactor, isGranted: held.isGranted,
      passwordChangedAt: held.passwordChangedAt, unread: unread)
  }

  /// Who may work in a session, or nil.
  package func account(of token: SecretToken) async throws -> Account? {
    guard let session = try await session(of: token), session.stage == .complete else {
      return nil
    }
    return session.account
  }

  package func end(_ session: SecretToken) async throws {
    try await platform.database.write { try SessionRows.end(session, in: $0) }
  }
}

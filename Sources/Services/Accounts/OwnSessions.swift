import Domain
import Storage

/// Where somebody is signed in, for themselves.
package struct OwnSessions: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// The last used first.
  package func list(of account: Account) async throws -> [SessionRows.Line] {
    let now = platform.now()
    let seenAfter = now + -platform.signInRules.idle(for: account.role)
    return try await platform.database.read {
      try SessionRows.list(of: account.id, seenAfter: seenAfter, now: now, in: $0)
    }
  }

  /// - Throws: `UseCaseError.notFound` for what is no session of the account's.
  package func end(_ id: Int64, of account: Account) async throws {
    let isKnown = try await platform.database.write {
      try SessionRows.end(id, of: account.id, in: $0)
    }
    guard isKnown else { throw UseCaseError.notFound }
  }

  /// Ends all but the one at hand.
  package func endOthers(than session: SignIn.Session) async throws {
    try await platform.database.write {
      try SessionRows.endAll(of: session.account.id, but: session.id, in: $0)
    }
  }

  /// Recovery codes that are left.
  package func recoveryCodes(of account: Account) async throws -> Int {
    try await platform.database.read { try SecondFactorRows.unused(of: account.id, in: $0) }
  }
}

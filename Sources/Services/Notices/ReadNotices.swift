import Domain
import Storage

/// Notices are read: those of a problem or of visits by looking at them, or all that are shown.
package struct ReadNotices: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// Writes only where there is something to write: looking at problems stays cheap.
  /// - Returns: whether there were any.
  @discardableResult
  package func callAsFunction(
    of problem: ProblemID, by account: Account
  ) async throws -> Bool {
    let database = platform.database
    let now = platform.now()
    let isUnread = try await database.read {
      try NoticeRows.isUnread(problem, by: account.id, in: $0)
    }
    guard isUnread else { return false }
    try await database.write {
      try NoticeRows.read(problem, by: account.id, at: now, in: $0)
    }
    return true
  }

  /// What an account was told of visits to an enterprise.
  /// - Returns: whether there was anything.
  @discardableResult
  package func visits(to enterprise: EnterpriseID, by account: Account) async throws -> Bool {
    let database = platform.database
    let now = platform.now()
    let isUnread = try await database.read {
      try NoticeRows.isUnread(enterprise, by: account.id, in: $0)
    }
    guard isUnread else { return false }
    try await database.write {
      try NoticeRows.read(
        enterprise, Notice.Kind.ofVisits, by: account.id, at: now, in: $0)
    }
    return true
  }

  /// What an account was told of pairings.
  /// - Returns: whether there was anything.
  @discardableResult
  package func pairings(by account: Account) async throws -> Bool {
    try await read([.paired, .unpaired], by: account)
  }

  /// What an account was told of monthly sheets.
  /// - Returns: whether there was anything.
  @discardableResult
  package func sheets(by account: Account) async throws -> Bool {
    try await read([.sheetPreview], by: account)
  }

  private func read(_ kinds: [Notice.Kind], by account: Account) async throws -> Bool {
    let (database, now) = (platform.database, platform.now())
    let isUnread = try await database.read {
      try NoticeRows.isUnread(kinds, by: account.id, in: $0)
    }
    guard isUnread else { return false }
    try await database.write { try NoticeRows.read(kinds, by: account.id, at: now, in: $0) }
    return true
  }

  package func all(by account: Account) async throws {
    let now = platform.now()
    try await platform.database.write {
      try NoticeRows.readAll(by: account.id, at: now, in: $0)
    }
  }
}

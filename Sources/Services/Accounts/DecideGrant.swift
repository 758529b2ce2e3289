import Domain
import Storage

/// The security administrator grants what waits, or refuses it with a reason.
package struct DecideGrant: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package enum Decision: Sendable {
    case grant
    /// A new account is closed by it.
    case refuse(reason: String)
  }

  /// - Parameter asked: when what was looked at was asked; a later request is another.
  /// - Throws: `UseCaseError.forbidden`, `.accountRefused`
  package func callAsFunction(
    _ decision: Decision, of id: AccountID, asked: Instant, by account: Account
  ) async throws {
    guard account.may(.grantRights) else { throw UseCaseError.forbidden }
    let (now, actor) = (platform.now(), account.actor)
    try await platform.database.write { connection in
      guard let request = try GrantRows.find(id, in: connection), request.askedAt == asked else {
        throw UseCaseError.accountRefused(.nothingWaits)
      }
      guard id != account.id, request.askedBy != actor else {
        throw UseCaseError.accountRefused(.ownAccount)
      }
      let isDone =
        switch decision {
        case .grant:
          try GrantRows.grant(request, at: now, by: actor, in: connection)
            && leave(of: id, in: connection)
        case .refuse(let reason):
          try refuse(request, reason.trimmed, at: now, by: actor, in: connection)
        }
      guard isDone else { throw UseCaseError.accountRefused(.nothingWaits) }
    }
    platform.tokens.forgetAll()
  }

  /// What the account was told in another seat and may not see in this one goes, and what it shared with
  /// an office it has left is its own again.
  /// - Returns: true
  private func leave(of id: AccountID, in connection: any Connection) throws -> Bool {
    guard let account = try AccountRows.find(id, platform.vault, in: connection)?.account else {
      return true
    }
    let kinds = Notice.Kind.kinds(for: account.role)
    if kinds.isEmpty {
      try NoticeRows.removeAll(of: id, in: connection)
    } else {
      try NoticeRows.keep(
        kinds, ProblemScope.visibility(of: account, in: connection), of: id, in: connection)
    }
    if !account.role.isOffice { try SavedViewRows.unshare(of: id, in: connection) }
    return true
  }

  private func refuse(
    _ request: GrantRows.Request, _ reason: String, at now: Instant, by actor: Actor,
    in connection: any Connection
  ) throws -> Bool {
    guard !reason.isEmpty, reason.unicodeScalars.count <= Problem.maximumText else {
      throw UseCaseError.accountRefused(.reasonMissing)
    }
    return try GrantRows.refuse(request, reason: reason, at: now, by: actor, in: connection)
  }
}

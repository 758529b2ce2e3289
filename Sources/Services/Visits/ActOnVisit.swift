import Domain
import Storage

/// Whoever visits takes up what was asked for, agrees to another day, moves, joins, cancels, or says what
/// came of it.
package struct ActOnVisit: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package enum Request: Sendable {
    case take(VisitDraft)
    case accept
    case move(VisitDraft)
    case join(VisitID?)
    case hold(String)
    case cancel(String)
  }

  /// - Throws: `UseCaseError.forbidden`, `.notFound`, `Visit.Refused`
  package func callAsFunction(
    _ request: Request, on id: VisitID, by account: Account
  ) async throws {
    guard account.may(.planVisits) else { throw UseCaseError.forbidden }
    try await VisitWork.run(platform, by: account) { work in
      let stored = try ActOnVisit.find(id, work)
      try work.apply(ActOnVisit.command(request, stored, work), to: stored)
    }
  }

  private static func find(_ id: VisitID, _ work: VisitWork) throws -> VisitRows.Stored {
    guard let stored = try VisitRows.find(id, in: work.connection),
      try VisitScope.speaks(
        work.account, for: stored.visit, work.platform.vault, in: work.connection)
    else { throw UseCaseError.notFound }
    return stored
  }

  private static func command(
    _ request: Request, _ stored: VisitRows.Stored, _ work: VisitWork
  ) throws -> VisitCommand {
    switch request {
    case .take(let draft):
      return .take(try work.visitor(draft.unit, draft.official), try date(draft))
    case .accept: return .accept
    case .move(let draft): return .move(try date(draft), basis: draft.basis)
    case .join(let host):
      guard let host, host != stored.id,
        let other = try VisitRows.find(host, in: work.connection)
      else { throw Visit.Refused([.cannotJoin]) }
      return .join(host, other.visit)
    case .hold(let text): return .hold(text)
    case .cancel(let text): return .cancel(text)
    }
  }

  static func date(_ draft: VisitDraft) throws -> VisitDate {
    guard let date = draft.date else { throw Visit.Refused([.dayMissing]) }
    return date
  }
}

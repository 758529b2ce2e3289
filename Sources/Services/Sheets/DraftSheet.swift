import Domain
import Storage

/// Begins the sheet of a month that is over: all of it is computed, nothing is filled in. Of a month that
/// was published it makes a later edition, which says why.
package struct DraftSheet: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Parameter reason: of a later edition.
  /// - Throws: `UseCaseError.forbidden`, `CommentSheet.Refused`
  package func callAsFunction(
    _ kind: SheetKind, _ month: SheetMonth, reason: String = "", by account: Account
  ) async throws -> SheetID {
    guard account.may(.manageSheets) else { throw UseCaseError.forbidden }
    let (platform, now) = (platform, platform.now())
    let settled = ComputeSheet.settled(now)
    // Outside the transaction that writes: with a million problems it takes seconds.
    let content = try await platform.database.read { connection in
      let begun = try CommentSheet.edition(
        of: month, after: DraftSheet.last(kind, month, in: connection), reason: reason,
        at: settled)
      return try ComputeSheet(platform: platform)(
        kind, month, edition: begun.edition, supersedes: begun.supersedes, reason: begun.reason,
        knownOn: max(month.end, settled), in: connection)
    }
    return try await platform.database.write { connection in
      let last = try DraftSheet.last(kind, month, in: connection)
      // Somebody began one meanwhile.
      guard last?.id == content.supersedes else { throw CommentSheet.Refused([.underWay]) }
      let id = SheetID(Identifiers.shared.next(now))
      do {
        try SheetHistory.begin(
          id, CommentSheet.draft(content), at: now, by: account.actor, in: connection)
      } catch StorageError.notUnique {
        // At the same time. Run again: then it is found above.
        throw StorageError.contention
      }
      return id
    }
  }

  private static func last(
    _ kind: SheetKind, _ month: SheetMonth, in connection: any Connection
  ) throws -> CommentSheet? {
    try SheetRows.last(kind, month, in: connection).flatMap {
      try SheetHistory.load($0, in: connection)?.sheet
    }
  }
}

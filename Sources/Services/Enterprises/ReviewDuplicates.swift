import Domain
import Language
import Storage

/// Enterprises that may be the same one: a list for a person to look at. Nothing is merged by it.
package struct ReviewDuplicates: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Pair: Sendable {
    package let first: EnterpriseRows.Stored
    package let second: EnterpriseRows.Stored
    package let reason: NearDuplicates.Reason
    /// Equal after normalising; else one character differs.
    package var isSameName: Bool { reason == .equal }
  }

  package struct Answer: Sendable {
    package let pairs: [Pair]
    /// Whether there are more than were asked for.
    package let wasCut: Bool
  }

  /// So many are shown at a time: those that were merged make room.
  package static let shown = 100

  /// - Throws: `UseCaseError.forbidden`
  package func callAsFunction(limit: Int, by account: Account?) async throws -> Answer {
    guard account?.may(.importRegisters) ?? true else { throw UseCaseError.forbidden }
    return try await platform.database.read { connection in
      let scope = try RegisterScope.path(of: account, in: connection)
      let names = try EnterpriseNames(
        try UnitDirectory(in: connection), under: scope, in: connection)
      let near = names.nearDuplicates(limit: limit)
      let entries = try EnterpriseRows.find(
        ids: near.pairs.flatMap { [EnterpriseID($0.first), EnterpriseID($0.second)] },
        in: connection)
      let pairs = near.pairs.compactMap { pair -> Pair? in
        guard let first = entries[EnterpriseID(pair.first)],
          let second = entries[EnterpriseID(pair.second)]
        else { return nil }
        return Pair(first: first, second: second, reason: pair.reason)
      }
      return Answer(pairs: pairs, wasCut: near.wasCut)
    }
  }
}

/// Two entries of the register were one enterprise. The one that goes keeps its history and points to
/// the other, which takes its names.
package struct MergeEnterprises: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// The two entries as they are.
  /// - Throws: `Enterprise.MergeRefusal`, `UseCaseError.notFound`, `.forbidden`
  package func preview(
    _ gone: EnterpriseID, into kept: EnterpriseID, by account: Account?
  ) async throws -> (gone: Enterprise, kept: Enterprise) {
    try await platform.database.read { connection in
      let (old, new) = try MergeEnterprises.both(gone, kept, account, in: connection)
      _ = try new.enterprise.absorbing(old.enterprise)
      return (old.enterprise, new.enterprise)
    }
  }

  /// - Throws: `Enterprise.MergeRefusal`, `UseCaseError.notFound`, `.forbidden`
  package func callAsFunction(
    _ gone: EnterpriseID, into kept: EnterpriseID, by account: Account?
  ) async throws {
    let now = platform.now()
    let actor = account?.actor ?? .system
    try await platform.database.write(exclusively: .planningVisits) { connection in
      let (old, new) = try MergeEnterprises.both(gone, kept, account, in: connection)
      let absorbed = try new.enterprise.absorbing(old.enterprise)
      // First those that go: only one entry at a time has a credit code.
      for former in try EnterpriseRows.merged(into: gone, in: connection) + [old] {
        var merged = former.enterprise
        merged.mergedInto = kept
        try EnterpriseRows.change(
          former, to: merged, verb: "merged", at: now, by: actor, in: connection)
      }
      try EnterpriseRows.change(
        new, to: absorbed, verb: "absorbed", at: now, by: actor, in: connection)
      try ContactRows.move(from: gone, to: kept, at: now, by: actor, in: connection)
      try WhiteListRows.move(from: gone, to: kept, at: now, by: actor, in: connection)
      try VisitRows.move(from: gone, to: kept, at: now, by: actor, in: connection)
      try QuietRows.move(from: gone, to: kept, at: now, by: actor, in: connection)
      let (from, to) = (PairingTarget.enterprise(gone), PairingTarget.enterprise(kept))
      try PairingRows.move(
        from: from, to: to, on: now.day, at: now, by: actor, in: connection)
      try PairingMarkRows.move(from: from, to: to, at: now, by: actor, in: connection)
    }
  }

  private static func both(
    _ gone: EnterpriseID, _ kept: EnterpriseID, _ account: Account?, in connection: any Connection
  ) throws -> (EnterpriseRows.Stored, EnterpriseRows.Stored) {
    guard account?.may(.importRegisters) ?? true else { throw UseCaseError.forbidden }
    if gone == kept { throw Enterprise.MergeRefusal.itself }
    let scope = try RegisterScope.path(of: account, in: connection)
    let visible = try EnterpriseRows.visible(among: [gone, kept], under: scope, in: connection)
    guard visible.count == 2, let old = try EnterpriseRows.find(gone, in: connection),
      let new = try EnterpriseRows.find(kept, in: connection)
    else { throw UseCaseError.notFound }
    return (old, new)
  }
}

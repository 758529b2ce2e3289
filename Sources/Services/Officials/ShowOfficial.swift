import Domain
import Storage

/// One official: who it is, their problems, and what happened to the entry.
package struct ShowOfficial: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Detail: Sendable {
    package let official: ShownOfficial
    /// The latest that have a line of theirs, open ones first.
    package let problems: [ProblemSummary]
    package let story: RegisterStory
  }

  /// Masked.
  /// - Throws: `UseCaseError.forbidden`, `.notFound`
  package func callAsFunction(_ id: OfficialID, for account: Account) async throws -> Detail {
    let vault = platform.vault
    return try await platform.database.read { connection in
      let scope = try RegisterAccess.scope(of: account, in: connection)
      return try ShowOfficial.detail(
        id, within: scope, inFull: false, for: account, vault, in: connection)
    }
  }

  /// In full; the ledger says who looked at whom.
  /// - Throws: `UseCaseError.forbidden`, `.notFound`
  package func inFull(_ id: OfficialID, for account: Account) async throws -> Detail {
    let (now, vault) = (platform.now(), platform.vault)
    return try await platform.database.write { connection in
      let scope = try RegisterAccess.scope(of: account, .seePersonalData, in: connection)
      let detail = try ShowOfficial.detail(
        id, within: scope, inFull: true, for: account, vault, in: connection)
      try DisclosureRows.look(
        at: id.value, of: "officials", at: now, by: account.actor, in: connection)
      return detail
    }
  }

  private static func detail(
    _ id: OfficialID, within scope: String, inFull: Bool, for account: Account, _ vault: Vault,
    in connection: any Connection
  ) throws -> Detail {
    guard let stored = try OfficialRows.find(id, vault, in: connection),
      let unit = try UnitRows.find(stored.official.unit, in: connection),
      unit.path.hasPrefix(scope)
    else { throw UseCaseError.notFound }
    let paths = try UnitRows.namePaths(of: [stored.official.unit], in: connection)
    return Detail(
      official: ShownOfficial(
        stored, unitPath: paths[stored.official.unit] ?? "", inFull: inFull),
      problems: try RegisterProblems.latest(of: .official(id), for: account, in: connection),
      story: try RegisterStory(["official/\(id)"], vault, in: connection))
  }
}

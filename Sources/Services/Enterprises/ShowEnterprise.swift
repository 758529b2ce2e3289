import Domain
import Storage

/// One enterprise: what it is, whom to ask, its problems, and what happened to the entry.
package struct ShowEnterprise: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Detail: Sendable {
    package let id: EnterpriseID
    package let enterprise: Enterprise
    package let unitPath: String
    /// The entry that stands for it, where it was a duplicate.
    package let successor: String?
    /// Who gets the links by which the enterprise rates.
    package let contact: ShownContact?
    package let listings: [WhiteListing]
    /// The latest that concern it, open ones first.
    package let problems: [ProblemSummary]
    package let story: RegisterStory
  }

  /// Masked.
  /// - Throws: `UseCaseError.forbidden`, `.notFound`
  package func callAsFunction(_ id: EnterpriseID, for account: Account) async throws -> Detail {
    let vault = platform.vault
    return try await platform.database.read { connection in
      let scope = try RegisterAccess.scope(of: account, in: connection)
      return try ShowEnterprise.detail(
        id, within: scope, inFull: false, for: account, vault, in: connection)
    }
  }

  /// With the contact in full; the ledger says who looked at which.
  /// - Throws: `UseCaseError.forbidden`, `.notFound`
  package func inFull(_ id: EnterpriseID, for account: Account) async throws -> Detail {
    let (now, vault) = (platform.now(), platform.vault)
    return try await platform.database.write { connection in
      let scope = try RegisterAccess.scope(of: account, .seePersonalData, in: connection)
      let detail = try ShowEnterprise.detail(
        id, within: scope, inFull: true, for: account, vault, in: connection)
      try DisclosureRows.look(
        at: id.value, of: "enterprises", at: now, by: account.actor, in: connection)
      return detail
    }
  }

  private static func detail(
    _ id: EnterpriseID, within scope: String, inFull: Bool, for account: Account, _ vault: Vault,
    in connection: any Connection
  ) throws -> Detail {
    guard let stored = try EnterpriseRows.find(id, in: connection),
      let unit = try UnitRows.find(stored.enterprise.unit, in: connection),
      unit.path.hasPrefix(scope)
    else { throw UseCaseError.notFound }
    let paths = try UnitRows.namePaths(of: [unit.unit.id], in: connection)
    let contact = try ContactRows.current(of: [.enterprise(id)], vault, in: connection)
    return Detail(
      id: id, enterprise: stored.enterprise, unitPath: paths[unit.unit.id] ?? "",
      successor: try stored.enterprise.mergedInto.flatMap {
        try EnterpriseRows.find($0, in: connection)?.enterprise.name
      },
      contact: contact[.enterprise(id)].map { ShownContact($0.contact, inFull: inFull) },
      listings: try WhiteListRows.of(id, in: connection),
      problems: try RegisterProblems.latest(of: .enterprise(id), for: account, in: connection),
      story: try RegisterStory(
        RegisterHistory.streams(of: id, in: connection), vault, in: connection))
  }
}

import Domain
import Storage

/// What is known of a registration before a word is typed: which tracks are the account's, and whom its
/// problems concern.
package struct PrepareRegistration: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Offer: Sendable {
    package let tracks: [Track]
    /// For an enterprise itself, for a village its path; nil for those who say whom.
    package let concerns: String?
  }

  /// - Throws: `UseCaseError.forbidden`
  package func callAsFunction(for account: Account) async throws -> Offer {
    guard account.may(.registerProblems) else { throw UseCaseError.forbidden }
    let (procedures, vault) = (platform.procedures, platform.vault)
    @Sendable func tracks(_ concern: Procedure.Concern) -> [Track] {
      procedures.all.filter { $0.concern == concern }.map(\.track)
    }
    return try await platform.database.read { connection in
      if let id = account.enterprise {
        let name = try EnterpriseRows.find(id, in: connection)?.enterprise.name
        return Offer(tracks: tracks(.enterprise), concerns: name)
      }
      if account.role == .villageClerk, let unit = account.unit {
        let paths = try UnitRows.namePaths(of: [unit], in: connection)
        return Offer(tracks: tracks(.place), concerns: paths[unit])
      }
      let official = try account.official.flatMap {
        try OfficialRows.find($0, vault, in: connection)?.official
      }
      let own: [Track] =
        switch official?.track {
        case .enterprise: tracks(.enterprise)
        case .village: tracks(.place)
        case .both, nil: []
        }
      return Offer(tracks: own.isEmpty ? procedures.all.map(\.track) : own, concerns: nil)
    }
  }
}

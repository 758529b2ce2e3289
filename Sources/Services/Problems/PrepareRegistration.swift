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
    /// What the account is in charge of, by the names that a registration takes.
    package var charges: [String] = []
  }

  /// - Throws: `UseCaseError.forbidden`
  package func callAsFunction(for account: Account) async throws -> Offer {
    guard account.may(.registerProblems) else { throw UseCaseError.forbidden }
    let (procedures, vault, today) = (platform.procedures, platform.vault, platform.now().day)
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
      var charges: [String] = []
      if account.may(.servePairs), let official = account.official {
        let targets = try PairingRows.of(official, limit: 50, in: connection).map(\.pairing)
          .filter { $0.holds(on: today) }.map(\.target)
        let names = try PairingNames.of(targets, in: connection)
        charges = targets.compactMap { names[$0] }
      }
      return Offer(
        tracks: own.isEmpty ? procedures.all.map(\.track) : own, concerns: nil,
        charges: charges)
    }
  }
}

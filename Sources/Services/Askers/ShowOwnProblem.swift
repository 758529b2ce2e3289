import Domain
import Storage

/// A problem as whoever it concerns sees it: where it is, who has it, and whether their word is wanted.
package struct ShowOwnProblem: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Detail: Sendable {
    package let detail: ShowProblem.Detail
    /// The unit of the official who has a line in it.
    package let officialUnit: String?
    /// Until when a rating is taken from this account; nil where none is.
    package let rateUntil: Instant?
  }

  /// - Throws: `UseCaseError.notFound`
  package func callAsFunction(_ id: ProblemID, for account: Account) async throws -> Detail {
    let platform = platform
    let now = platform.now()
    return try await platform.database.read { connection in
      let detail = try ShowProblem(platform).detail(id, for: account, at: now, in: connection)
      let official = detail.problem.round?.legs.lazy.compactMap { leg in
        if case .official(let official) = leg.party { official } else { nil }
      }.first
      let unit = try official.flatMap {
        try OfficialRows.find($0, platform.vault, in: connection)?.official.unit
      }
      let surroundings = try platform.surroundings(
        of: detail.problem.track, at: now, in: connection)
      return Detail(
        detail: detail,
        officialUnit: try unit.flatMap { try UnitRows.find($0, in: connection)?.unit.name },
        rateUntil: account.may(.rate) && detail.problem.state == .verified
          ? detail.problem.evaluationEnd(surroundings.procedure, surroundings.calendar).flatMap {
            $0 > now ? $0 : nil
          } : nil)
    }
  }
}

import Domain
import Storage

/// What would be done to each of many problems, and what is against it; changes nothing.
package struct PreviewBulk: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Preview: Sendable {
    package let results: [BulkResult]
    /// Names of units that the events name.
    package let units: [UnitID: String]
  }

  package func callAsFunction(
    _ deed: BulkDeed, on picks: [BulkPick], by account: Account
  ) async throws -> Preview {
    let platform = platform
    let now = platform.now()
    return try await platform.database.read { connection in
      let results = try picks.prefix(BulkDeed.most).map { pick in
        try Self.preview(deed, pick, account, now, platform, connection)
      }
      return Preview(results: results, units: try Self.units(results, in: connection))
    }
  }

  private static func preview(
    _ deed: BulkDeed, _ pick: BulkPick, _ account: Account, _ now: Instant,
    _ platform: Platform, _ connection: any Connection
  ) throws -> BulkResult {
    var problem: Problem?
    do {
      let work = try ProblemWork(pick.problem, for: account, at: now, platform, in: connection)
      problem = work.problem
      guard work.problem.version == pick.version else {
        return BulkResult(pick: pick, problem: problem, verdict: .changed)
      }
      let events = try deed.requests(for: work.problem, at: now).flatMap {
        try work.decide(
          ActOnProblem.command($0, on: work.problem, today: work.now.day, in: connection))
      }
      return BulkResult(pick: pick, problem: problem, verdict: .done(events))
    } catch UseCaseError.refused(let reasons) {
      return BulkResult(pick: pick, problem: problem, verdict: .refused(reasons))
    } catch UseCaseError.notFound {
      return BulkResult(pick: pick, problem: nil, verdict: .gone)
    }
  }

  private static func units(
    _ results: [BulkResult], in connection: any Connection
  ) throws -> [UnitID: String] {
    var names: [UnitID: String] = [:]
    for result in results {
      guard case .done(let events) = result.verdict else { continue }
      for case .assigned(let assigned) in events where names[assigned.unit] == nil {
        names[assigned.unit] = try UnitRows.find(assigned.unit, in: connection)?.unit.name
      }
    }
    return names
  }
}

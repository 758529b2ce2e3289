import Domain
import Storage

/// Does one thing to many problems, each in a transaction of its own: what cannot be done to one
/// stops none of the others.
package struct RunBulk: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package func callAsFunction(
    _ deed: BulkDeed, on picks: [BulkPick], by account: Account
  ) async -> [BulkResult] {
    var results: [BulkResult] = []
    for pick in picks.prefix(BulkDeed.most) {
      results.append(await run(deed, pick, account))
    }
    return results
  }

  private func run(_ deed: BulkDeed, _ pick: BulkPick, _ account: Account) async -> BulkResult {
    let platform = platform
    let now = platform.now()
    do {
      return try await platform.write(issuing: deed.action != .judge) { connection in
        var work = try ProblemWork(
          pick.problem, seen: pick.version, for: account, at: now, platform, in: connection)
        let before = work.history.steps.count
        for request in deed.requests(for: work.problem, at: now) {
          try work.act(
            ActOnProblem.command(request, on: work.problem, today: work.now.day, in: connection))
        }
        return BulkResult(
          pick: pick, problem: work.problem,
          verdict: .done(work.history.steps[before...].map(\.event)))
      }
    } catch UseCaseError.refused(let reasons) {
      return BulkResult(
        pick: pick, problem: await problem(pick, account), verdict: .refused(reasons))
    } catch UseCaseError.conflict {
      return BulkResult(pick: pick, problem: await problem(pick, account), verdict: .changed)
    } catch UseCaseError.notFound {
      return BulkResult(pick: pick, problem: nil, verdict: .gone)
    } catch {
      // What was done to the others must still be told.
      return BulkResult(pick: pick, problem: await problem(pick, account), verdict: .failed)
    }
  }

  /// Its title, for the list of what was not done.
  private func problem(_ pick: BulkPick, _ account: Account) async -> Problem? {
    let platform = platform
    let now = platform.now()
    return try? await platform.database.read { connection in
      try ProblemWork(pick.problem, for: account, at: now, platform, in: connection).problem
    }
  }
}

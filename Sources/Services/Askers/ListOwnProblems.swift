import Domain
import Storage

/// What enterprises and villages see of the problems that concern them: all of them, and those that wait for
/// their rating.
package struct ListOwnProblems: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Own: Sendable {
    package let page: ProblemPage
    /// On the first page only; none for who does not rate.
    package let waiting: [ProblemSummary]
  }

  /// - Throws: `UseCaseError.forbidden` for who is no asker.
  package func callAsFunction(
    before: ProblemCursor?, limit: Int = ListProblems.pageSize, for account: Account
  ) async throws -> Own {
    guard account.role.isAsker else { throw UseCaseError.forbidden }
    let now = platform.now()
    return try await platform.database.read { connection in
      let visible = try ProblemScope.visibility(of: account, in: connection)
      func page(_ filter: ProblemFilter, _ before: ProblemCursor?, _ limit: Int) throws
        -> ProblemPage
      {
        try ProblemList.page(
          filter, visible: visible, before: before, limit: limit, now: now, in: connection)
      }
      var toRate = ProblemFilter()
      toRate.state = .verified
      return Own(
        page: try page(ProblemFilter(), before, limit),
        waiting: account.may(.rate) && before == nil
          ? try page(toRate, nil, ListProblems.pageSize).items : [])
    }
  }
}

extension Role {
  /// Whoever asks and waits: their first page is the list of their own problems.
  package var isAsker: Bool { self == .enterprise || self == .villageClerk }
}

import Domain
import Language
import Storage

/// Finds problems by their number or by words of their title, whom they concern and what is said of
/// them, within what the account may see.
package struct FindProblems: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Answer: Sendable {
    /// The best first: what has the words in its title before what has them elsewhere.
    package let found: [FoundProblem]
    /// Whether there may be more than are shown.
    package let hasMore: Bool
  }

  /// Of words that very many have, so many of the newest are looked at.
  static let candidates = 1000

  /// - Throws: `UseCaseError.forbidden` for an account that sees no problems.
  package func callAsFunction(
    _ text: String, limit: Int = 20, for account: Account
  ) async throws -> Answer {
    let query = SearchQuery(text)
    let number = Int64(text.trimmed)
    return try await platform.database.read { connection in
      let visible = try ProblemScope.visibility(of: account, in: connection)
      if query.isEmpty { return Answer(found: [], hasMore: false) }
      try SearchIndex.prepare(connection)
      var candidates: [FoundProblem]
      if visible.isNarrow {
        candidates = try ProblemTexts.newest(
          visible: visible, limit: Self.candidates, in: connection)
      } else {
        let ids = try ProblemTexts.having(query.terms, limit: Self.candidates, in: connection)
        candidates = try ProblemTexts.load(ids, visible: visible, in: connection)
      }
      let isCut = candidates.count >= Self.candidates
      var found = candidates.compactMap { problem -> (order: Int, problem: FoundProblem)? in
        let entry = ProblemText.entry(
          title: problem.title, concerns: problem.concerns, detail: problem.detail)
        return query.order(entry).map { ($0.rank.rawValue, problem) }
      }
      if let number, let id = try ProblemHistory.find(number: number, in: connection),
        let exact = try ProblemTexts.load([id], visible: visible, in: connection).first
      {
        found.removeAll { $0.problem.id == id }
        found.append((-1, exact))
      }
      found.sort { ($0.order, -$0.problem.id.value) < ($1.order, -$1.problem.id.value) }
      return Answer(
        found: found.prefix(limit).map(\.problem), hasMore: isCut || found.count > limit)
    }
  }
}

extension ProblemList.Visibility {
  /// Whether it leaves so few problems that they are better read than sought among all.
  var isNarrow: Bool {
    switch self {
    case .all, .area: false
    case .unitPath, .place, .enterprise, .official: true
    }
  }
}

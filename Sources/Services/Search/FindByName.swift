import Domain
import Language
import Storage

/// Finds units, officials and enterprises by name, former name, code, initials or any fragment, within
/// what the account may see.
package struct FindByName: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Found: Sendable {
    package let hit: SearchHit
    /// `许昌市/禹州市/方岗镇`: the unit's path, or the place of what was found.
    package let place: String
  }

  package struct Answer: Sendable {
    /// The best first.
    package let found: [Found]
    /// Whether there may be more than are shown.
    package let hasMore: Bool
  }

  /// - Parameter account: nil for whoever holds the database itself.
  package func callAsFunction(
    _ text: String, limit: Int = 20, by account: Account?
  ) async throws -> Answer {
    let query = SearchQuery(text)
    return try await platform.database.read { connection in
      let answer = try SearchIndex.find(
        query, under: RegisterScope.path(of: account, in: connection), limit: limit,
        in: connection)
      let paths = try UnitRows.namePaths(of: answer.hits.map(\.unit), in: connection)
      return Answer(
        found: answer.hits.map { Found(hit: $0, place: paths[$0.unit] ?? "") },
        hasMore: answer.hasMore)
    }
  }
}

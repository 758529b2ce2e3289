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

    package init(found: [Found], hasMore: Bool) {
      (self.found, self.hasMore) = (found, hasMore)
    }
  }

  /// - Parameter account: nil for whoever holds the database itself.
  package func callAsFunction(
    _ text: String, limit: Int = 20, by account: Account?
  ) async throws -> Answer {
    let query = SearchQuery(text)
    let vault = platform.vault
    return try await platform.database.read { connection in
      try SearchIndex.prepare(connection)
      let scope = try RegisterScope.path(of: account, in: connection)
      var answer = try SearchIndex.find(
        query, under: scope, limit: limit, vault, in: connection)
      if answer.hits.isEmpty {
        answer = try FindByName.within(text, scope, limit, vault, in: connection)
      }
      let paths = try UnitRows.namePaths(of: answer.hits.map(\.unit), in: connection)
      return Answer(
        found: answer.hits.map { Found(hit: $0, place: paths[$0.unit] ?? "") },
        hasMore: answer.hasMore)
    }
  }

  /// How many places of a name are looked into.
  private static let places = 2

  /// A place and what is in it, in either order: 花石镇 桃园村, 花石镇/桃园村.
  private static func within(
    _ text: String, _ scope: String, _ limit: Int, _ vault: Vault, in connection: any Connection
  ) throws -> SearchIndex.Answer {
    let words = text.split { $0.isWhitespace || $0 == "/" }.map(String.init)
    var answer = SearchIndex.Answer(hits: [], hasMore: false)
    guard words.count > 1, let first = words.first, let last = words.last else { return answer }
    for (place, rest) in [
      (words.dropLast().last ?? first, last), (last, words.dropLast().joined(separator: " ")),
    ] {
      let units = try SearchIndex.find(
        SearchQuery(place), under: scope, limit: places, vault, in: connection
      ).hits.filter { $0.kind == .unit }
      for unit in units {
        guard let stored = try UnitRows.find(unit.unit, in: connection) else { continue }
        let inside = try SearchIndex.find(
          SearchQuery(rest), under: stored.path, limit: limit, vault, in: connection)
        let new = inside.hits.filter { !answer.hits.contains($0) && $0.id != unit.id }
        answer = SearchIndex.Answer(
          hits: Array((answer.hits + new).prefix(limit)),
          hasMore: answer.hasMore || inside.hasMore)
      }
      if !answer.hits.isEmpty { break }
    }
    return answer
  }
}

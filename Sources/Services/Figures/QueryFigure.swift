import Domain
import Storage

/// Computes a figure by one query over the tables, for whoever holds the database itself: what the pages
/// say is held against this, and this against the ledger.
package struct QueryFigure: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Throws: `UseCaseError.notFound`
  package func callAsFunction(_ request: FigureRequest) async throws -> FigureResult {
    let platform = platform
    let now = platform.now()
    return try await platform.database.read(from: .replica) { connection in
      let (definition, query) = try request.resolved(platform, at: now, for: nil, in: connection)
      let result = try FigureRows.result(definition, query, in: connection)
      if query.knownOn == query.asOf { return result }
      var then = query
      (then.knownOn, then.dimension) = (query.asOf, nil)
      return result.with(knownThen: try FigureRows.result(definition, then, in: connection).total)
    }
  }
}

extension FigureResult {
  /// Beside what is known now stands what was known then, where that differs.
  func with(knownThen: Tally) -> FigureResult {
    FigureResult(
      definition: definition, query: query, groups: groups, total: total,
      knownThen: knownThen == total ? nil : knownThen)
  }
}

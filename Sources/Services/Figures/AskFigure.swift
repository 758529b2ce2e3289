import Domain
import Storage

/// Computes a figure, as of any instant, from what the ledger has made of the tables.
package struct AskFigure: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Parameter account: nil for whoever holds the database itself.
  /// - Throws: `UseCaseError.notFound`, `.forbidden`
  package func callAsFunction(
    _ request: FigureRequest, for account: Account?
  ) async throws -> FigureResult {
    try await several([request], for: account)[0]
  }

  /// Several figures of one snapshot, in the order asked for.
  package func several(
    _ requests: [FigureRequest], for account: Account?
  ) async throws -> [FigureResult] {
    let platform = platform
    let now = platform.now()
    return try await platform.database.read { connection in
      let reach = try FigureScope.reach(of: account, in: connection)
      let head = try LedgerRows.lastID(in: connection)
      return try requests.map { request in
        let key = FigureCache.Key(request: request, reach: reach)
        if let known = platform.figures.result(for: key, head: head, now: now) { return known }
        let (definition, query) = try request.resolved(
          platform, at: now, for: account, in: connection)
        let result = try FigureResult.counted(query) {
          try AskFigure.count(definition, $0, platform, in: connection)
        }
        platform.figures.keep(result, for: key, head: head, now: now)
        return result
      }
    }
  }

  /// Pairings are counted in the database; problems in this server's columns of them, which say the same as
  /// the query over their table (`lianbang stats`), only sooner.
  private static func count(
    _ definition: Definition, _ query: FigureQuery, _ platform: Platform,
    in connection: any Connection
  ) throws -> FigureResult {
    definition.subject == .targets
      ? try FigureRows.result(definition, query, in: connection)
      : try platform.spans.use(in: connection) { $0.count(definition, query) }
  }
}

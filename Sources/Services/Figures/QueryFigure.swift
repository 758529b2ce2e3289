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
      return try FigureResult.counted(query) {
        try FigureRows.result(definition, $0, in: connection)
      }
    }
  }
}

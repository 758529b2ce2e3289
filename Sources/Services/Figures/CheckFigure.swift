import Domain
import Storage

/// The auditor's check: counts a figure once more from the ledger's entries alone, reading no table of
/// state, and compares.
package struct CheckFigure: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Report: Sendable {
    package let fromTables: FigureResult
    /// Nil for figures of pairings, whose ledger `ledger replay` holds against the tables.
    package let fromLedger: FigureResult?

    package var agrees: Bool {
      fromLedger.map { $0.total == fromTables.total && $0.groups == fromTables.groups } ?? true
    }
  }

  /// Takes as long as reading the whole ledger.
  /// - Throws: `UseCaseError.notFound`, `StorageError.unreadable`
  package func callAsFunction(_ request: FigureRequest) async throws -> Report {
    let platform = platform
    let now = platform.now()
    return try await platform.database.read(from: .replica) { connection in
      let (definition, query) = try request.resolved(
        platform, at: now, for: nil, in: connection)
      let tables = try FigureRows.result(definition, query, in: connection)
      if definition.subject == .targets { return Report(fromTables: tables, fromLedger: nil) }
      let columns = try FigureColumns(for: [definition], fromLedgerIn: connection)
      return Report(fromTables: tables, fromLedger: columns.count(definition, query))
    }
  }
}

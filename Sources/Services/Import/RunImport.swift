import Documents
import Domain
import Storage

/// What a file holds.
package enum ImportKind: String, Sendable, CaseIterable {
  case divisions, units, problems
}

/// Takes a spreadsheet in, all of it or nothing, in one transaction.
package struct RunImport: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Parameter account: who answers for it; nil for whoever holds the database itself.
  /// - Throws: `UseCaseError.forbidden`, `CSVTable.Fault` for a file that is no table, `StorageError`
  package func callAsFunction(
    _ kind: ImportKind, _ bytes: [UInt8], mode: ImportMode, by account: Account?
  ) async throws -> ImportReport {
    guard account?.role.mayImport ?? true else { throw UseCaseError.forbidden }
    let table = try CSVTable(bytes)
    let now = platform.now()
    let actor = account?.actor ?? .system
    do {
      return try await platform.database.write { connection in
        let work = ImportWork(now: now, actor: actor, connection: connection)
        var report = try RunImport.run(kind, table, work)
        // Good rows were written while bad ones were found: leaving the transaction by an error
        // undoes them.
        guard mode.saves(report) else { throw ImportNotSaved(report: report) }
        report.isSaved = true
        return report
      }
    } catch let notSaved as ImportNotSaved {
      return notSaved.report
    }
  }

  /// Within a transaction of the caller, who looks at the report before it commits.
  static func run(
    _ kind: ImportKind, _ table: CSVTable, _ work: ImportWork
  ) throws -> ImportReport {
    switch kind {
    case .divisions: try ImportDivisions(work).run(table)
    case .units: try ImportUnits(work).run(table)
    case .problems: try ImportProblems(work).run(table)
    }
  }
}

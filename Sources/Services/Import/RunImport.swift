import Documents
import Domain
import Storage

/// What a file holds.
package enum ImportKind: String, Sendable, CaseIterable {
  case divisions, units, villages, enterprises, officials, problems
  /// Changes of the tree that an operator has decided on.
  case reorganisations

  /// Whether it changes the organisation tree, or looks up units in it: those who do take turns.
  var organises: Bool { self != .problems }
}

/// Takes a spreadsheet in, all of it or nothing, in one transaction.
package struct RunImport: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Parameters:
  ///   - path: an xlsx or csv file, told by its content.
  ///   - account: who answers for it; nil for whoever holds the database itself.
  ///   - progress: told how many of how many rows are done.
  /// - Throws: `UseCaseError.forbidden`, `StorageError`. What is wrong with the file is in the report.
  package func callAsFunction(
    _ kind: ImportKind, file path: String, mode: ImportMode, by account: Account?,
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) async throws -> ImportReport {
    guard account?.may(.importRegisters) ?? true else { throw UseCaseError.forbidden }
    do {
      let table = try await FileThreads.run { try TableFile.read(path: path, sheet: mode.sheet) }
      let report = try await self(kind, table, mode: mode, by: account, progress: progress)
      guard mode.sheet == nil, report.lacksColumns else { return report }
      // The first sheet is often a cover: another may be the list.
      for sheet in try await FileThreads.run({ try TableFile.sheets(path: path) })
      where sheet != table.sheet {
        let other = try? await FileThreads.run { try TableFile.read(path: path, sheet: sheet) }
        guard let other else { continue }
        let found = try await self(kind, other, mode: mode, by: account, progress: progress)
        if !found.lacksColumns { return found }
      }
      return report
    } catch let fault as TableFault {
      var report = ImportReport()
      report.diagnostics = [Diagnostic(fault)]
      return report
    }
  }

  package func callAsFunction(
    _ kind: ImportKind, _ table: Table, mode: ImportMode, by account: Account?,
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) async throws -> ImportReport {
    guard account?.may(.importRegisters) ?? true else { throw UseCaseError.forbidden }
    let platform = platform
    if let on = mode.on, on > platform.now().day {
      var report = ImportReport()
      report.diagnostics = [Diagnostic(row: 0, .futureDay, value: on.description)]
      return report
    }
    let body: @Sendable (any Connection) throws -> ImportReport = { connection in
      // After the wait for one's turn: entries are in the order of what they change.
      let now = platform.now()
      if kind.organises { try LedgerRows.keepOrder(in: connection) }
      let work = ImportWork(
        now: now, on: mode.on ?? now.day, actor: account?.actor ?? .system,
        scope: try RegisterScope.path(of: account, in: connection), platform: platform,
        connection: connection, progress: progress)
      var report = try RunImport.run(kind, table, work)
      // Good rows were written while bad ones were found: leaving the transaction by an error
      // undoes them. Changes of the tree stand on one another: a part of them is another tree.
      let isWhole = kind != .reorganisations || !report.hasErrors
      guard mode.saves(report), isWhole, !report.lacksColumns else {
        throw ImportNotSaved(report: report)
      }
      report.isSaved = true
      // Now, not when the engine comes round to it: until then its plans are of an empty table.
      let tables = [
        "units", "unit_codes", "officials", "enterprises", "villages", "contacts", "white_lists",
        "person_keys", "search_entries", "ledger", "problems", "problem_rounds", "problem_tasks",
      ]
      if report.added > 1000, let analysis = connection.dialect.analysis(of: tables) {
        try connection.run(analysis)
      }
      return report
    }
    do {
      return kind.organises
        ? try await platform.database.write(exclusively: .organising, body)
        : try await platform.database.write(body)
    } catch let notSaved as ImportNotSaved {
      return notSaved.report
    }
  }

  /// Within a transaction of the caller, who looks at the report before it commits.
  static func run(
    _ kind: ImportKind, _ table: Table, _ work: ImportWork
  ) throws -> ImportReport {
    switch kind {
    case .divisions: try ImportDivisions.run(table, work)
    case .units: try ImportUnits.run(table, work)
    case .villages: try ImportVillages.run(table, work)
    case .enterprises: try ImportEnterprises.run(table, work)
    case .officials: try ImportOfficials.run(table, work)
    case .problems: try ImportProblems.run(table, work)
    case .reorganisations: try ImportReorganisations.run(table, work)
    }
  }
}

extension Diagnostic {
  /// What is wrong with a file as a whole, or with the place where reading it ended.
  init(_ fault: TableFault) {
    switch fault {
    case .unreadable: self.init(row: 0, .fileUnreadable)
    case .empty: self.init(row: 0, .fileEmpty)
    case .unknownSheet(let name, let available):
      self.init(row: 0, .unknownSheet, value: "\(name) (\(available.joined(separator: ", ")))")
    case .notATable: self.init(row: 0, .notATable)
    case .legacyWorkbook: self.init(row: 0, .legacyWorkbook)
    case .encrypted: self.init(row: 0, .encryptedWorkbook)
    case .macroWorkbook: self.init(row: 0, .macroWorkbook)
    case .tooManyRows(let limit): self.init(row: 0, .tooManyRows, value: "\(limit)")
    case .tooManyColumns(let limit), .tooManyCells(let limit), .tooLarge(let limit):
      self.init(row: 0, .tooLarge, value: "\(limit)")
    case .longCell(let row, let limit): self.init(row: row, .valueTooLong, value: "\(limit)")
    case .bomb(let ratio): self.init(row: 0, .zipBomb, value: "\(ratio)")
    case .damaged(let part): self.init(row: 0, .fileDamaged, value: part)
    case .unknownEncoding: self.init(row: 0, .unknownEncoding)
    case .openQuote(let record): self.init(row: record, .openQuote)
    case .controlCharacter(let record): self.init(row: record, .controlCharacter)
    }
  }
}

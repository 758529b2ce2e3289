import Documents
import Domain
import Foundation
import Storage

/// What can be written to a file.
package enum ExportKind: String, Sendable, CaseIterable {
  case units, villages, enterprises, officials, problems
}

/// Writes a whole list to a file, row by row as it is read: no cap, and memory that does not grow with
/// the rows of the register.
package struct ExportRegister: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Parameters:
  ///   - path: `.csv`, else a workbook.
  ///   - unmasked: personal data in full.
  /// - Returns: how many rows were written. The ledger says who had which list written; without its
  ///   entry there is no file.
  /// - Throws: `UseCaseError.forbidden`, `TableWriteFault`, `StorageError`
  @discardableResult
  package func callAsFunction(
    _ kind: ExportKind, to path: String, language: SheetLanguage, unmasked: Bool = false,
    by account: Account?
  ) async throws -> Int {
    guard account?.may(kind == .problems ? .exportProblems : .exportRegisters) ?? true,
      !unmasked || account?.may(.seePersonalData) ?? true
    else { throw UseCaseError.forbidden }
    let rows = try await write(kind, to: path, language, unmasked: unmasked, for: account)
    let now = platform.now()
    do {
      try await platform.database.write {
        try DisclosureRows.append(
          DisclosureRows.Export(list: kind.rawValue, rows: rows, unmasked: unmasked), at: now,
          by: account?.actor ?? .system, in: $0)
      }
    } catch {
      try? FileManager.default.removeItem(atPath: path)
      throw error
    }
    return rows
  }

  private func write(
    _ kind: ExportKind, to path: String, _ language: SheetLanguage, unmasked: Bool,
    for account: Account?
  ) async throws -> Int {
    let platform = platform
    return try await platform.database.read(from: .replica) { connection in
      let export = Export(
        path: path, language: language, unmasked: unmasked, platform: platform,
        scope: try RegisterScope.path(of: account, in: connection), connection: connection)
      switch kind {
      case .units: return try export.units()
      case .villages: return try export.villages()
      case .enterprises: return try export.enterprises()
      case .officials: return try export.officials()
      case .problems:
        return try export.problems(
          visible: account.map { try ProblemScope.visibility(of: $0, in: connection) } ?? .all)
      }
    }
  }
}

/// One export under way.
struct Export {
  let path: String
  let language: SheetLanguage
  let unmasked: Bool
  let platform: Platform
  let scope: String
  let connection: any Connection

  /// Writes rows as `body` hands them over.
  func write<Column: ImportColumn>(
    _ name: String, _ columns: SheetColumns<Column>,
    _ body: ((_ value: (Column) throws -> OutputCell?) throws -> Void) throws -> Void
  ) throws -> Int {
    let writer: any TableWriter
    if path.lowercased().hasSuffix(".csv") {
      writer = try CSVWriter(path: path, columns: columns.output)
    } else {
      let workbook = try XLSXWriter(path: path)
      try workbook.beginSheet(name, columns.output)
      writer = workbook
    }
    var count = 0
    let behind = WriterBehind(writer)
    try body { value in
      try behind.write(try columns.row(value))
      count += 1
    }
    try behind.finish()
    return count
  }

  func columns<Column: ImportColumn>(_ type: Column.Type) -> SheetColumns<Column> {
    SheetColumns(language: language, words: platform.words)
  }

  func phone(_ phone: PhoneNumber?) -> OutputCell? {
    OutputCell(unmasked ? phone?.text : phone?.text.masked)
  }

  func name(_ name: String?) -> OutputCell? { OutputCell(unmasked ? name : name?.maskedName) }
}

/// Paths of units, each put together once.
final class UnitPaths {
  private let units: UnitDirectory
  private var known: [UnitID: String] = [:]

  init(in connection: any Connection) throws { units = try UnitDirectory(in: connection) }

  func path(of id: UnitID) -> String {
    if let path = known[id] { return path }
    guard let stored = units.unit(id) else { return "" }
    let path = (stored.unit.parent.map { self.path(of: $0) + "/" } ?? "") + stored.unit.name
    known[id] = path
    return path
  }

  func ancestor(of id: UnitID, at level: UnitLevel) -> UnitRows.Stored? {
    units.ancestor(of: id, at: level)
  }

  func unit(_ id: UnitID) -> UnitRows.Stored? { units.unit(id) }
}

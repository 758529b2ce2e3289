import Cryptography
import Domain
import Ledger
import Storage

/// Computes a sheet again as it was computed then — the same instant, the same knowledge, the same formula
/// and definitions, which it carries — from the tables and once more from the ledger alone, and compares
/// every number. Changes nothing; whether the ledger is sound is for `VerifyLedger` to say.
package struct VerifySheet: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// What is not as it was recorded.
  package enum Finding: String, Sendable, CaseIterable {
    /// The row says otherwise than the ledger.
    case row
    /// The digest is not that of the content.
    case digest
    /// The ledger had no such root.
    case root
    /// Other numbers come out of the tables.
    case tables
    /// Other numbers come out of the ledger's entries.
    case ledger
  }

  package struct Report: Sendable {
    package let sheet: CommentSheet
    package let findings: [Finding]
    package let tables: [SheetDifference]
    package let ledger: [SheetDifference]
    /// Numbers that were compared, each way.
    package let compared: Int
  }

  /// Takes as long as reading the whole ledger.
  /// - Throws: `UseCaseError.notFound`, `.forbidden`, `StorageError`
  package func callAsFunction(_ id: SheetID, for account: Account) async throws -> Report {
    try await platform.database.read(from: .replica) { connection in
      guard try SheetScope.allows(account, id, in: connection),
        let sheet = try SheetHistory.load(id, in: connection)?.sheet
      else { throw UseCaseError.notFound }
      let content = sheet.content
      let count = CountSheet(content)
      let tables = try VerifySheet.differences(content, count.fromTables(in: connection))
      let ledger = try VerifySheet.differences(content, count.fromLedger(in: connection))
      var findings: [Finding] = []
      let stored = try SheetRows.stored(id, in: connection)
      if try stored?.content != SheetJSON.encode(content) || stored?.digest != sheet.digest {
        findings.append(.row)
      }
      if let digest = sheet.digest, try digest != ActOnSheet.digest(content) {
        findings.append(.digest)
      }
      if let mark = content.ledger,
        try LedgerHeads.head(of: mark.size, in: connection)?.root
          != Hexadecimal.decode(mark.root)
      {
        findings.append(.root)
      }
      if !tables.isEmpty { findings.append(.tables) }
      if !ledger.isEmpty { findings.append(.ledger) }
      return Report(
        sheet: sheet, findings: findings, tables: tables, ledger: ledger,
        compared: content.numbers)
    }
  }

  /// The units are those of the sheet, as they were called.
  private static func differences(
    _ content: SheetContent, _ results: [FigureResult]
  ) throws -> [SheetDifference] {
    let score = SheetScore(
      content.kind, content.formula, definitions: content.definitions, minimum: content.minimum)
    let entries = content.lines.map { SheetScore.Entry($0.unit, $0.name) }
    return content.differences(
      from: score.groups(entries, results), score.totals(results))
  }
}

extension SheetContent {
  /// How many numbers it has: counts with what is left out and their bounds, points, grades and places.
  fileprivate var numbers: Int {
    func numbers(_ count: Count) -> Int { 5 + count.excluded.count }
    return lines.reduce(0) { $0 + 4 + $1.counts.reduce(0) { $0 + numbers($1) } }
      + totals.reduce(0) { $0 + numbers($1) }
  }
}

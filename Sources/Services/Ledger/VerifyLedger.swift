import Cryptography
import Domain
import Ledger
import Storage

/// Recomputes the whole ledger (`lianbang ledger verify`).
package struct VerifyLedger: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Report: Sendable {
    package let size: Int64
    /// Hexadecimal root of the entries up to `size`.
    package let root: String
    /// Recorded roots that were found again.
    package let headsChecked: Int
    /// Entries not sequenced yet; their own hashes were checked.
    package let pending: Int
    /// The first thing that is not as recorded; nil when all is well.
    package let fault: LedgerAudit.Fault?
  }

  private static let page = 1000

  /// Sequences what is pending, then reads everything on one snapshot.
  package func callAsFunction() async throws -> Report {
    let now = platform.now()
    try await Sequencer.run(on: platform.database, now: now)
    return try await platform.database.read { connection in
      var audit = LedgerAudit(heads: try LedgerRows.heads(in: connection))
      func report(_ fault: LedgerAudit.Fault?) -> Report {
        Report(
          size: audit.size, root: audit.root.hex, headsChecked: audit.headsChecked,
          pending: audit.pending, fault: fault)
      }
      while true {
        let entries = try LedgerRows.sequenced(
          from: audit.size, limit: VerifyLedger.page, in: connection)
        for entry in entries {
          if let fault = audit.check(entry) { return report(fault) }
        }
        if entries.count < VerifyLedger.page { break }
      }
      if let fault = audit.finish() { return report(fault) }
      for entry in try LedgerRows.pending(limit: .max, in: connection) {
        if let fault = audit.check(entry) { return report(fault) }
      }
      return report(nil)
    }
  }
}

import Cryptography
import Domain
import Ledger
import Storage

/// Recomputes the whole ledger (`lianbang ledger verify`). Changes nothing.
package struct VerifyLedger: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Report: Sendable {
    package let size: Int64
    /// Hexadecimal root of the entries up to `size`.
    package let root: String
    /// Recorded roots that were found again.
    package let headsChecked: Int64
    /// Entries not sequenced yet; their own hashes were checked.
    package let pending: Int
    /// The first thing that is not as recorded; nil when all is well.
    package let fault: LedgerAudit.Fault?
  }

  private static let page = 1000

  /// Reads everything on one snapshot, a page at a time.
  package func callAsFunction() async throws -> Report {
    try await platform.database.read { connection in
      var audit = LedgerAudit()
      let fault = try VerifyLedger.run(&audit, in: connection)
      return Report(
        size: audit.size, root: audit.root.hex, headsChecked: audit.headsChecked,
        pending: audit.pending, fault: fault)
    }
  }

  private static func run(
    _ audit: inout LedgerAudit, in connection: any Connection
  ) throws -> LedgerAudit.Fault? {
    while true {
      let from = audit.size
      let entries = try LedgerRows.sequenced(from: from, limit: page, in: connection)
      var heads = try LedgerRows.heads(after: from, upTo: from + Int64(page), in: connection)[...]
      for entry in entries {
        if let fault = audit.check(entry) { return fault }
        if let head = heads.first, head.size == audit.size {
          heads.removeFirst()
          if let fault = audit.check(head) { return fault }
        }
      }
      if entries.count < page { break }
    }
    let (count, largest) = try LedgerRows.headCount(in: connection)
    let (size, frontier) = try LedgerRows.frontier(in: connection)
    if let fault = audit.finish(
      headCount: count, lastRecorded: largest, frontierSize: size, frontier: frontier)
    {
      return fault
    }
    for entry in try LedgerRows.pending(limit: .max, in: connection) {
      if let fault = audit.check(entry) { return fault }
    }
    return nil
  }
}

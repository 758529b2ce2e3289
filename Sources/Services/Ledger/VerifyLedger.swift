import Cryptography
import Domain
import Ledger
import Storage

/// Recomputes the whole ledger (`lianbang ledger verify`). Changes nothing, and needs no secret.
package struct VerifyLedger: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Report: Sendable {
    package let size: Int64
    /// Hexadecimal root of the entries up to `size`.
    package let root: String
    /// Recorded roots that were found again, with their signatures.
    package let headsChecked: Int64
    /// Entries not sequenced yet; their own hashes were checked.
    package let pending: Int
    /// The first thing that is not as recorded; nil when all is well.
    package let fault: LedgerAudit.Fault?
    /// The stream of the entry that is at fault, as it stands there now.
    package let stream: String?
  }

  /// Rows read at once, and how many such pages are under way: the engine reads and hashes entries on
  /// one core while this builds the tree on another.
  private static let page = 1000
  private static let ahead = 5

  /// - Parameters:
  ///   - keys: whose signatures the recorded roots must carry; nil takes what the database says.
  ///   - checkpoint: one that was kept elsewhere.
  package func callAsFunction(
    keys: [VerifierKey]? = nil, checkpoint: SignedNote? = nil
  ) async throws -> Report {
    let keys = keys ?? platform.vault.verifierKeys
    let kept = checkpoint?.checkpoint(signedBy: keys)
    var audit = LedgerAudit(
      platform.vault.suite, keys: keys, checkpoints: kept.map { [$0] } ?? [])
    if checkpoint != nil, kept == nil { return try await report(audit, .checkpointForeign) }
    audit = try await checkSequenced(audit)
    let checked = audit
    let fault: LedgerAudit.Fault?
    (audit, fault) = try await platform.database.read { connection in
      var audit = checked
      let fault = try VerifyLedger.checkRest(&audit, in: connection)
      return (audit, fault)
    }
    return try await report(audit, fault)
  }

  private struct Page: Sendable {
    let leaves: [Leaf]
    let heads: [TreeHead]

    init(from start: Int64, in connection: any Connection) throws {
      leaves = try LedgerLeaves.sequenced(from: start, limit: page, in: connection)
      heads = try LedgerHeads.heads(after: start, upTo: start + Int64(page), in: connection)
    }
  }

  /// What is sequenced now never changes, so it may be read in pieces, several at once, and from a
  /// replica. Goes as far as all is well: a replica may lag, so a fault is for the rest to name, which
  /// is read on one snapshot of the primary.
  private func checkSequenced(_ start: LedgerAudit) async throws -> LedgerAudit {
    var audit = start
    let database = platform.database
    let size = try await database.read(from: .replica) { try LedgerHeads.frontier(in: $0).size }
    let hasher = Hasher(platform.vault.suite)
    var starts = stride(from: 0, to: size - Int64(Self.page), by: Self.page).makeIterator()
    var pages: [Task<Page, any Error>] = []
    defer { for page in pages { page.cancel() } }
    func fetch() {
      guard let start = starts.next() else { return }
      pages.append(
        Task { try await database.read(from: .replica) { try Page(from: start, in: $0) } })
    }
    for _ in 0..<Self.ahead { fetch() }
    while !pages.isEmpty {
      let page = try await pages.removeFirst().value
      fetch()
      let before = audit
      let fault = VerifyLedger.check(page, &audit, hasher)
      if fault != nil || page.leaves.count < Self.page { return before }
    }
    return audit
  }

  /// The end of the ledger, and what is recorded about the whole, on one snapshot.
  private static func checkRest(
    _ audit: inout LedgerAudit, in connection: any Connection
  ) throws -> LedgerAudit.Fault? {
    let hasher = Hasher(connection.suite)
    while true {
      let page = try Page(from: audit.size, in: connection)
      if let fault = check(page, &audit, hasher) { return fault }
      if page.leaves.count < Self.page { break }
    }
    if let stranger = try Migrations.stranger(in: connection) { return .stranger(stranger) }
    let (count, largest) = try LedgerHeads.count(in: connection)
    let (size, frontier) = try LedgerHeads.frontier(in: connection)
    if let fault = audit.finish(
      headCount: count, lastRecorded: largest, frontierSize: size, frontier: frontier)
    {
      return fault
    }
    for leaf in try LedgerLeaves.pending(in: connection) {
      if let fault = audit.check(leaf, hasher) { return fault }
    }
    return nil
  }

  private static func check(
    _ page: Page, _ audit: inout LedgerAudit, _ hasher: Hasher
  ) -> LedgerAudit.Fault? {
    var heads = page.heads[...]
    for leaf in page.leaves {
      if let fault = audit.check(leaf, hasher) { return fault }
      if let head = heads.first, head.size == audit.size {
        heads.removeFirst()
        if let fault = audit.check(head) { return fault }
      }
    }
    return nil
  }

  private func report(_ audit: LedgerAudit, _ fault: LedgerAudit.Fault?) async throws -> Report {
    var stream: String?
    if case .entryChanged(_, let id) = fault {
      stream = try await platform.database.read { try LedgerLeaves.stream(of: id, in: $0) }
    }
    return Report(
      size: audit.size, root: audit.root.hex, headsChecked: audit.headsChecked,
      pending: audit.pending, fault: fault, stream: stream)
  }
}

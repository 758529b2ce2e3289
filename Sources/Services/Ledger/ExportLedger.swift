import Cryptography
import Domain
import Ledger
import Storage

/// Writes the ledger as JSON lines that need no program of ours to be checked (docs/ledger.md).
package struct ExportLedger: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  private static let page = 1000

  /// Sequences what is pending, then hands over the lines in batches, in the order of leaf index.
  /// Without the master key nothing can be sequenced: then what is pending stays out.
  package func callAsFunction(_ write: ([String]) throws -> Void) async throws {
    if platform.vault.hasKey {
      try await Sequencer.run(on: platform.database, platform.vault, now: platform.now())
    }
    var next: Int64 = 0
    while true {
      let from = next
      let entries = try await platform.database.read {
        try LedgerLeaves.stored(from: from, limit: ExportLedger.page, in: $0)
      }
      try write(try entries.map { try ExportLedger.line($0) })
      guard entries.count == ExportLedger.page, let last = entries.last else { return }
      next = last.leafIndex + 1
    }
  }

  private struct Line: Encodable {
    let leaf_index: Int64
    let bytes: String
    let leaf_hash: String
    let stream: String
    let version: Int64
    let at: String
    let actor: String
    let kind: String
  }

  private static func line(_ entry: LedgerLeaves.Stored) throws -> String {
    try Payload.encode(
      Line(
        leaf_index: entry.leafIndex, bytes: Base64.encode(entry.bytes),
        leaf_hash: Hexadecimal.encode(entry.leafHash), stream: entry.stream,
        version: entry.version, at: entry.at.description, actor: entry.actor, kind: entry.kind))
  }
}

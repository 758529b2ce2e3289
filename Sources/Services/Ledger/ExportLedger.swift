import Cryptography
import Domain
import Foundation
import Ledger
import Storage

/// Writes the ledger as JSON lines that need no program of ours to be checked (docs/ledger.md).
package struct ExportLedger: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  private static let page = 1000

  /// Sequences what is pending, then hands over the lines in batches, in the order of leaf index.
  package func callAsFunction(_ write: ([String]) throws -> Void) async throws {
    try await Sequencer.run(on: platform.database, now: platform.now())
    var next: Int64 = 0
    while true {
      let from = next
      let entries = try await platform.database.read {
        try LedgerRows.sequenced(from: from, limit: ExportLedger.page, in: $0)
      }
      try write(try entries.map { try ExportLedger.line($0) })
      guard entries.count == ExportLedger.page, let last = entries.last?.leafIndex else { return }
      next = last + 1
    }
  }

  private struct Line: Encodable {
    let leaf_index: Int64
    let bytes: String
    let leaf_hash: String
    let stream: String
    let version: Int
    let at: String
    let actor: String
    let kind: String
  }

  private static func line(_ stored: StoredEntry) throws -> String {
    guard let entry = stored.entry else {
      throw StorageError.unreadable("ledger entry \(stored.id)")
    }
    let hash = Digest(bytes: stored.leafHash)?.hex ?? ""
    return try Payload.encode(
      Line(
        leaf_index: stored.leafIndex ?? -1, bytes: Data(entry.bytes).base64EncodedString(),
        leaf_hash: hash, stream: entry.stream, version: entry.version,
        at: entry.at.description, actor: entry.actor.description, kind: entry.kind))
  }
}

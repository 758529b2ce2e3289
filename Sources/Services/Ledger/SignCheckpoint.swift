import Domain
import Ledger
import Storage

/// The ledger's last signed checkpoint: to be kept where nobody who could change the ledger can reach.
package struct SignCheckpoint: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// Sequences what is pending first.
  /// - Returns: nil while the ledger is empty.
  /// - Throws: `Sequencer.Tampered`, `KeyRing.Fault.none` without the master key, `StorageError`
  package func callAsFunction() async throws -> String? {
    try await Sequencer.run(on: platform.database, platform.vault, now: platform.now())
    return try await last()
  }

  /// The one that was signed last; its signature was looked at, once for each.
  /// - Throws: `Sequencer.Tampered` for a note that the ledger's keys did not sign.
  package func last() async throws -> String? {
    let vault = platform.vault
    return try await platform.database.read { connection in
      guard let head = try LedgerHeads.last(in: connection) else { return nil }
      guard vault.isCheckpoint(head) else { throw Sequencer.Tampered(size: head.size) }
      return head.note
    }
  }
}

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

  /// The one that was signed last, as it is.
  package func last() async throws -> String? {
    try await platform.database.read { try LedgerHeads.last(in: $0)?.note }
  }
}

import Domain
import Ledger

/// Says in the ledger that its clock was set by hand at least once: what it tells is a rehearsal.
package enum RehearsalMark {
  private static let stream = "rehearsal/1"

  package static func isSet(in connection: any Connection) throws -> Bool {
    try LedgerRows.lastVersion(of: stream, in: connection) > 0
  }

  package static func set(at now: Instant, in connection: any Connection) throws {
    if try isSet(in: connection) { return }
    try LedgerRows.append(
      LedgerEntry(
        id: Identifiers.shared.next(now), stream: stream, version: 1, at: now, actor: .system,
        kind: "rehearsal.begun", payload: "{}"),
      to: connection)
  }
}

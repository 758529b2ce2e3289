import Domain
import Ledger

/// Says in the ledger that what it tells was made up: a demo city's first entry, and one more when all of it
/// is there.
package enum DemoMark {
  private static let stream = "demo/1"

  /// 0 where there is none, 1 while it is being made, 2 when it is there.
  private static func stage(in connection: any Connection) throws -> Int {
    try LedgerRows.lastVersion(of: stream, in: connection)
  }

  package static func isSet(in connection: any Connection) throws -> Bool {
    try stage(in: connection) > 0
  }

  /// Whether one was begun and broken off.
  package static func isUnfinished(in connection: any Connection) throws -> Bool {
    try stage(in: connection) == 1
  }

  package static func begin(
    _ about: String, at now: Instant, in connection: any Connection
  ) throws {
    try append("demo.begun", about, version: 1, at: now, in: connection)
  }

  package static func finish(at now: Instant, in connection: any Connection) throws {
    try append("demo.finished", "{}", version: 2, at: now, in: connection)
  }

  private static func append(
    _ kind: String, _ payload: String, version: Int, at now: Instant,
    in connection: any Connection
  ) throws {
    try LedgerRows.append(
      LedgerEntry(
        id: Identifiers.shared.next(now), stream: stream, version: version, at: now,
        actor: .system, kind: kind, payload: payload), to: connection)
  }
}

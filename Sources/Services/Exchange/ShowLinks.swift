import Domain
import Storage

/// How each link stands: what waits to be confirmed, and what is wrong.
package struct ShowLinks: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Status: Sendable {
    package let stored: LinkRows.Stored
    /// The number of the last message that was written for it.
    package let sent: Int
    /// When the oldest message that is not confirmed was written.
    package let waitingSince: Instant?
    /// The size of the other side's ledger by its last checkpoint; 0 before the first message.
    package let peerSize: Int64
    /// Messages of kinds that this program does not know.
    package let unknown: Int
    /// Messages that could not become problems here.
    package let refused: Int

    package var link: ExchangeLink { stored.link }
    package var unconfirmed: Int { max(0, sent - stored.confirmed) }

    /// Whether somebody has to see to it: a fault, or more than a day without confirmation.
    package func isAlarming(at now: Instant) -> Bool {
      switch link.state {
      case .closed, .offered: false
      case .stopped: true
      case .open: waitingSince.map { now - $0 > ExchangeLimits.patience } ?? false
      }
    }
  }

  package func callAsFunction() async throws -> [Status] {
    try await platform.database.read { connection in
      try LinkRows.all(in: connection).map { try ShowLinks.status($0, in: connection) }
    }
  }

  static func status(
    _ stored: LinkRows.Stored, in connection: any Connection
  ) throws -> Status {
    let id = stored.link.id
    return Status(
      stored: stored, sent: try ExchangeOutbox.last(id, in: connection),
      waitingSince: try ExchangeOutbox.first(after: stored.confirmed, id, in: connection),
      peerSize: try ReceivedRows.checkpoint(of: id, in: connection)?.size ?? 0,
      unknown: try ReceivedRows.count(.unknown, of: id, in: connection),
      refused: try ReceivedRows.count(.refused, of: id, in: connection))
  }
}

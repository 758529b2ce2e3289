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
    /// The other side's last checkpoint; nil before its first message.
    package let checkpoint: ReceivedRows.Checkpoint?
    /// Messages of kinds that this program does not know.
    package let unknown: Int
    /// Messages that could not become problems here.
    package let refused: Int
    /// Messages that came when their problem was no longer with the other side.
    package let late: Int

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

  /// A link with what is not confirmed, message by message, and with its proofs looked through.
  package struct Detail: Sendable {
    package let status: Status
    /// The first of what we sent that the other side has not confirmed.
    package let waiting: [ExchangeOutbox.Waiting]
    /// The last that came.
    package let received: [ReceivedRows.Shown]
    /// The last of what came and was not applied.
    package let notApplied: [ReceivedRows.Shown]
    /// What no longer leads to a root that the other side signed; none where all proofs hold.
    package let broken: [Difference]

    package var proofsHold: Bool { broken.isEmpty }

    /// Whether somebody has to see to it.
    package func isAlarming(at now: Instant) -> Bool { !proofsHold || status.isAlarming(at: now) }
  }

  /// As many lines as a list of a link shows.
  package static let lines = 50

  /// - Throws: `UseCaseError.notFound`
  package func one(_ id: LinkID) async throws -> Detail {
    try await platform.database.read { connection in
      guard let stored = try LinkRows.find(id, in: connection) else { throw UseCaseError.notFound }
      return try ShowLinks.detail(stored, in: connection)
    }
  }

  package func details() async throws -> [Detail] {
    try await platform.database.read { connection in
      try LinkRows.all(in: connection).map { try ShowLinks.detail($0, in: connection) }
    }
  }

  private static func detail(
    _ stored: LinkRows.Stored, in connection: any Connection
  ) throws -> Detail {
    let id = stored.link.id
    return Detail(
      status: try status(stored, in: connection),
      waiting: try ExchangeOutbox.waiting(
        after: stored.confirmed, id, limit: lines, in: connection),
      received: try ReceivedRows.last(lines, of: id, in: connection),
      notApplied: try ReceivedRows.notApplied(lines, of: id, in: connection),
      broken: try ExchangeReplay.proofDifferences(of: stored.link, in: connection))
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
      checkpoint: try ReceivedRows.checkpoint(of: id, in: connection),
      unknown: try ReceivedRows.count(.unknown, of: id, in: connection),
      refused: try ReceivedRows.count(.refused, of: id, in: connection),
      late: try ReceivedRows.count(.late, of: id, in: connection))
  }
}

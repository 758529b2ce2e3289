import Domain
import Ledger

/// What was sent by a link is the link's stream in the ledger: each message is one entry, and its
/// version is the message's number.
package enum ExchangeOutbox {
  package static func streamName(_ link: LinkID) -> String { "exchange/\(link.value)" }

  /// The number the next message gets.
  package static func next(_ link: LinkID, in connection: any Connection) throws -> Int {
    try last(link, in: connection) + 1
  }

  /// The number of the last message; rides the unique index on (stream, version).
  package static func last(_ link: LinkID, in connection: any Connection) throws -> Int {
    try LedgerRows.lastVersion(of: streamName(link), in: connection)
  }

  /// Appends a message in the transaction of what it tells of. Says nothing of who did that.
  /// - Throws: `StorageError.contention` where somebody else drew the same number: run again.
  package static func append(
    _ message: ExchangeMessage, as sequence: Int, to link: LinkID, at now: Instant,
    in connection: any Connection
  ) throws {
    do {
      try LedgerRows.append(
        LedgerEntry(
          id: Identifiers.shared.next(now), stream: streamName(link), version: sequence, at: now,
          actor: .system, kind: ExchangeMessageCodec.kind(of: message),
          payload: try ExchangeMessageCodec.payload(of: message)),
        to: connection)
    } catch is LedgerRows.Conflict {
      throw StorageError.contention
    }
  }

  /// The first message after a number: when it was written; nil where there is none.
  package static func first(
    after sequence: Int, _ link: LinkID, in connection: any Connection
  ) throws -> Instant? {
    try connection.row(
      "select at from ledger where stream = ?1 and version = ?2",
      [streamName(link), sequence + 1]
    ) { try $0.instant(0) }
  }

  /// A message that the other side has not confirmed.
  package struct Waiting: Sendable {
    package let sequence: Int
    package let kind: String
    package let at: Instant
  }

  /// The first messages after a number, in order; rides the unique index on (stream, version).
  package static func waiting(
    after sequence: Int, _ link: LinkID, limit: Int, in connection: any Connection
  ) throws -> [Waiting] {
    try connection.rows(
      """
      select version, kind, at
      from ledger
      where stream = ?1 and version > ?2
      order by version
      limit ?3
      """, [streamName(link), sequence, limit]
    ) { Waiting(sequence: Int(try $0.int(0)), kind: try $0.text(1), at: try $0.instant(2)) }
  }

  /// A message that was sent, by its number; nil where there is none.
  package static func message(
    _ sequence: Int, _ link: LinkID, in connection: any Connection
  ) throws -> ExchangeMessage? {
    try connection.row(
      "select kind, payload from ledger where stream = ?1 and version = ?2",
      [streamName(link), sequence]
    ) { ExchangeMessageCodec.decode(kind: try $0.text(0), payload: try $0.text(1)) } ?? nil
  }
}

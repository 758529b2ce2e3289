import Domain
import Ledger

/// Links as their ledger streams tell them.
package enum LinkHistory {
  static let sort = "link"

  static func streamName(_ id: LinkID) -> String { "\(sort)/\(id.value)" }

  static func kind(of event: ExchangeLink.Event) -> String {
    switch event {
    case .offered: "link.offered"
    case .joined: "link.joined"
    case .stopped: "link.stopped"
    case .closed: "link.closed"
    }
  }

  static func payload(of event: ExchangeLink.Event) throws -> String {
    switch event {
    case .offered(let payload): try Payload.encode(payload)
    case .joined(let payload): try Payload.encode(payload)
    case .stopped(let payload): try Payload.encode(payload)
    case .closed: "{}"
    }
  }

  static func decode(kind: String, payload: String) throws -> ExchangeLink.Event {
    switch kind {
    case "link.offered": .offered(try Payload.decode(ExchangeLink.Event.Offered.self, payload))
    case "link.joined": .joined(try Payload.decode(ExchangeLink.Event.Joined.self, payload))
    case "link.stopped": .stopped(try Payload.decode(ExchangeLink.Event.Stopped.self, payload))
    case "link.closed": .closed
    default: throw StorageError.unreadable("ledger kind \(kind)")
    }
  }

  /// The link that a stream's entries make.
  static func link(_ entries: [LedgerEntry]) throws -> ExchangeLink {
    guard let first = entries.first, let id = Int64(first.stream.dropFirst(sort.count + 1)),
      var link = ExchangeLink(
        id: LinkID(id), first: try decode(kind: first.kind, payload: first.payload), at: first.at)
    else { throw StorageError.unreadable("first entry of \(entries.first?.stream ?? sort)") }
    for entry in entries.dropFirst() {
      link.apply(try decode(kind: entry.kind, payload: entry.payload), at: entry.at)
    }
    return link
  }

  /// Begins a link: its first entry and its row.
  /// - Throws: `StorageError.notUnique` where a link that is not closed has the name.
  package static func begin(
    _ event: ExchangeLink.Event, at now: Instant, by actor: Actor, in connection: any Connection
  ) throws -> ExchangeLink {
    let id = LinkID(Identifiers.shared.next(now))
    guard let link = ExchangeLink(id: id, first: event, at: now) else {
      throw StorageError.unreadable("a link begins with its offer or by joining")
    }
    try append(event, to: link, at: now, by: actor, in: connection)
    try connection.run(
      insertion(into: "exchange_links", ["id"] + LinkRows.derived),
      [id] + LinkRows.values(of: link))
    return link
  }

  /// Appends an event and brings the row up to date.
  /// - Throws: `StorageError.contention` where somebody was quicker.
  @discardableResult
  package static func record(
    _ event: ExchangeLink.Event, on link: ExchangeLink, at now: Instant, by actor: Actor,
    in connection: any Connection
  ) throws -> ExchangeLink {
    var link = link
    link.apply(event, at: now)
    try append(event, to: link, at: now, by: actor, in: connection)
    let columns = LinkRows.derived.enumerated().map { "\($1) = ?\($0 + 2)" }
    try connection.run(
      "update exchange_links set \(columns.joined(separator: ", ")) where id = ?1",
      [link.id] + LinkRows.values(of: link))
    return link
  }

  private static func append(
    _ event: ExchangeLink.Event, to link: ExchangeLink, at now: Instant, by actor: Actor,
    in connection: any Connection
  ) throws {
    do {
      try LedgerRows.append(
        LedgerEntry(
          id: Identifiers.shared.next(now), stream: streamName(link.id), version: link.version,
          at: now, actor: actor, kind: kind(of: event), payload: try payload(of: event)),
        to: connection)
    } catch is LedgerRows.Conflict {
      throw StorageError.contention
    }
  }
}

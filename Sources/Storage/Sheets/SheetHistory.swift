import Domain
import Ledger

/// A sheet as its ledger stream tells it.
package struct SheetHistory: Sendable {
  package struct Step: Sendable {
    package let at: Instant
    package let actor: Actor
    package let event: SheetEvent
  }

  package private(set) var sheet: CommentSheet
  package private(set) var steps: [Step]

  static func streamName(_ id: SheetID) -> String { "sheet/\(id.value)" }

  /// - Returns: nil where there is no such sheet.
  package static func load(_ id: SheetID, in connection: any Connection) throws -> SheetHistory? {
    try SheetHistory(LedgerRows.stream(streamName(id), in: connection))
  }

  /// - Parameter entries: of one stream, in order.
  /// - Returns: nil where there are none.
  init?(_ entries: [LedgerEntry]) throws {
    guard let first = entries.first else { return nil }
    let event = try SheetEventCodec.decode(kind: first.kind, payload: first.payload)
    guard let id = Int64(first.stream.dropFirst("sheet/".count)),
      let sheet = CommentSheet(id: SheetID(id), first: event, at: first.at, by: first.actor)
    else { throw StorageError.unreadable("first entry of \(first.stream)") }
    self.sheet = sheet
    steps = [Step(at: first.at, actor: first.actor, event: event)]
    for entry in entries.dropFirst() {
      apply(
        try SheetEventCodec.decode(kind: entry.kind, payload: entry.payload), at: entry.at,
        by: entry.actor)
    }
  }

  /// Begins a sheet: its first entry and its rows.
  /// - Throws: `StorageError.notUnique` where somebody was quicker.
  package static func begin(
    _ id: SheetID, _ event: SheetEvent, at now: Instant, by actor: Actor,
    in connection: any Connection
  ) throws {
    guard let sheet = CommentSheet(id: id, first: event, at: now, by: actor) else {
      throw StorageError.unreadable("a sheet begins with its draft")
    }
    try SheetRows.insert(sheet, in: connection)
    try append(event, to: sheet, at: now, by: actor, in: connection)
  }

  private mutating func apply(_ event: SheetEvent, at: Instant, by actor: Actor) {
    sheet.apply(event, at: at, by: actor)
    steps.append(Step(at: at, actor: actor, event: event))
  }

  /// Appends an event and brings the rows up to date, in the caller's transaction. Time never runs
  /// backwards within a sheet.
  /// - Throws: `LedgerRows.Conflict` where somebody was quicker.
  package mutating func record(
    _ event: SheetEvent, at now: Instant, by actor: Actor, in connection: any Connection
  ) throws {
    let at = max(now, steps[steps.count - 1].at)
    apply(event, at: at, by: actor)
    try SheetHistory.append(event, to: sheet, at: at, by: actor, in: connection)
    try SheetRows.update(sheet, in: connection)
  }

  private static func append(
    _ event: SheetEvent, to sheet: CommentSheet, at: Instant, by actor: Actor,
    in connection: any Connection
  ) throws {
    try LedgerRows.append(
      LedgerEntry(
        id: Identifiers.shared.next(at), stream: streamName(sheet.id), version: sheet.version,
        at: at, actor: actor, kind: SheetEventCodec.kind(of: event),
        payload: try SheetEventCodec.payload(of: event)), to: connection)
  }
}

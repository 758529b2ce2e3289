import Domain
import Ledger

/// Who took a list out of the platform, and who had somebody's personal data shown in full.
package enum DisclosureRows {
  /// A list that was written to a file.
  package struct Export: Sendable {
    /// `enterprises`, `problems` …
    let list: String
    let rows: Int
    /// Whether phone and ID numbers are in full.
    let unmasked: Bool
    /// What the list was narrowed to, as it stood in the address; nil for all that may be seen.
    let filter: String?

    package init(list: String, rows: Int, unmasked: Bool, filter: String? = nil) {
      self.list = list
      self.rows = rows
      self.unmasked = unmasked
      self.filter = filter
    }
  }

  package static func append(
    _ export: Export, at now: Instant, by actor: Actor, in connection: any Connection
  ) throws {
    try append(
      "disclosure.exported",
      [
        ("content", .text(export.unmasked ? "full" : "masked")), ("filter", .text(export.filter)),
        ("register", .text(export.list)), ("rows", .int(Int64(export.rows))),
      ], at: now, by: actor, in: connection)
  }

  /// Somebody looked at the personal data of one entry: an official, or an enterprise's or a unit's
  /// contact.
  package static func look(
    at id: Int64, of register: String, at now: Instant, by actor: Actor,
    in connection: any Connection
  ) throws {
    try append(
      "disclosure.shown", [("id", .text(String(id))), ("register", .text(register))], at: now,
      by: actor, in: connection)
  }

  private static func append(
    _ kind: String, _ fields: [(key: String, value: PayloadValue)], at now: Instant,
    by actor: Actor, in connection: any Connection
  ) throws {
    let id = Identifiers.shared.next(now)
    try LedgerRows.append(
      LedgerEntry(
        id: id, stream: "disclosure/\(id)", version: 1, at: now, actor: actor, kind: kind,
        payload: Payload.object(fields)), to: connection)
  }

  /// That somebody took a list with them: which, narrowed to what, which columns, how many rows.
  package static func append(
    list: String, query: String, columns: [String], count: Int, at now: Instant,
    by actor: Actor, in connection: any Connection
  ) throws {
    let id = Identifiers.shared.next(now)
    try LedgerRows.append(
      LedgerEntry(
        id: id, stream: "disclosure/\(id)", version: 1, at: now, actor: actor,
        kind: "disclosure.exported",
        payload: Payload.object([
          ("columns", .texts(columns)), ("count", .int(Int64(count))), ("filter", .text(query)),
          ("register", .text(list)),
        ])),
      to: connection)
  }
}

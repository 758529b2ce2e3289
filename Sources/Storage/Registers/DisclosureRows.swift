import Domain
import Ledger

/// Who had personal data shown in full, and of which register.
package enum DisclosureRows {
  package static func append(
    register: String, at now: Instant, by actor: Actor, in connection: any Connection
  ) throws {
    let id = Identifiers.shared.next(now)
    try LedgerRows.append(
      LedgerEntry(
        id: id, stream: "disclosure/\(id)", version: 1, at: now, actor: actor,
        kind: "disclosure.exported", payload: Payload.object([("register", .text(register))])),
      to: connection)
  }
}

import Domain
import Ledger

/// The ledger's side of attachments: a stream for each problem that has any.
package enum AttachmentEvents {
  static func streamName(_ problem: ProblemID) -> String { "attachment/\(problem.value)" }

  /// Appends what happened, in the caller's transaction.
  /// - Throws: `StorageError.contention` where somebody was quicker; run again, the rows tell what they
  ///   did.
  package static func append(
    _ event: AttachmentEvent, of problem: ProblemID, at now: Instant, by actor: Actor,
    in connection: any Connection
  ) throws {
    let stream = streamName(problem)
    do {
      try LedgerRows.append(
        LedgerEntry(
          id: Identifiers.shared.next(now), stream: stream,
          version: try LedgerRows.lastVersion(of: stream, in: connection) + 1, at: now,
          actor: actor, kind: kind(of: event), payload: try payload(of: event)),
        to: connection)
    } catch is LedgerRows.Conflict {
      throw StorageError.contention
    }
  }

  private static func kind(of event: AttachmentEvent) -> String {
    switch event {
    case .added: "attachment.added"
    case .withdrawn: "attachment.withdrawn"
    case .purged: "attachment.purged"
    }
  }

  private static func payload(of event: AttachmentEvent) throws -> String {
    switch event {
    case .added(let added): try Payload.encode(added)
    case .withdrawn(let told), .purged(let told): try Payload.encode(told)
    }
  }

  /// - Throws: `StorageError.unreadable` for a kind or payload this program does not know.
  static func decode(kind: String, payload: String) throws -> AttachmentEvent {
    switch kind {
    case "attachment.added":
      .added(try Payload.decode(AttachmentEvent.Added.self, payload))
    case "attachment.withdrawn":
      .withdrawn(try Payload.decode(AttachmentEvent.Told.self, payload))
    case "attachment.purged": .purged(try Payload.decode(AttachmentEvent.Told.self, payload))
    default: throw StorageError.unreadable("ledger kind \(kind)")
    }
  }
}

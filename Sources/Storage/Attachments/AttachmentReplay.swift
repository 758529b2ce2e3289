import Cryptography
import Domain
import Ledger

/// The register of attachments against its streams.
package struct AttachmentReplay {
  private var attachments: [AttachmentID: Attachment] = [:]

  package init() {}

  /// - Throws: `StorageError.unreadable` for an event this program does not know.
  package static func check(into replay: inout Replay, in connection: any Connection) throws {
    var state = AttachmentReplay()
    var stream = ""
    try LedgerRows.streams(of: "attachment", in: connection) { entry in
      guard let problem = Int64(entry.stream.dropFirst("attachment/".count)) else {
        throw StorageError.unreadable("stream \(entry.stream)")
      }
      if entry.stream != stream { replay.streams += 1 }
      stream = entry.stream
      replay.entries += 1
      state.apply(
        try AttachmentEvents.decode(kind: entry.kind, payload: entry.payload),
        of: ProblemID(problem), at: entry.at, by: entry.actor)
    }
    replay.differences += try state.differences(in: connection)
  }

  /// What an event makes of the attachments, wherever the ledger has it.
  package mutating func apply(
    _ event: AttachmentEvent, of problem: ProblemID, at: Instant, by actor: Actor
  ) {
    switch event {
    case .added(let added):
      attachments[added.id] = Attachment(
        id: added.id, problem: problem, digest: Hexadecimal.decode(added.digest) ?? [],
        size: added.size, type: added.type, name: added.name, round: added.round, addedAt: at,
        addedBy: actor)
    case .withdrawn(let told):
      attachments[told.id]?.withdrawal = .init(at: at, by: actor, reason: told.reason)
    case .purged(let told):
      if attachments[told.id]?.withdrawal == nil {
        attachments[told.id]?.withdrawal = .init(at: at, by: actor, reason: told.reason)
      }
      attachments[told.id]?.purgedAt = at
    }
  }

  /// Where the rows are not what the events make.
  package func differences(in connection: any Connection) throws -> [Difference] {
    try RowCheck(table: "attachments", key: ["id"], columns: AttachmentRows.columns).differences(
      attachments.values.sorted { $0.id.value < $1.id.value }.map {
        [$0.id] + AttachmentRows.values(of: $0)
      }, where: "id > 0", [], in: connection)
  }
}

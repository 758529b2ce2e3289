import Cryptography
import Domain
import Storage

/// Destroys an unlawful content wherever it is attached. The entries stay, with the reason, and the same
/// content is not taken again. A folder of backups loses it with the next backup.
package struct PurgeAttachment: Sendable {
  let platform: Platform
  let store: AttachmentStore

  package init(_ platform: Platform, _ store: AttachmentStore) {
    self.platform = platform
    self.store = store
  }

  /// May be run again where the file could not be destroyed.
  /// - Returns: the attachments that had the content.
  /// - Throws: `UseCaseError.forbidden`, `AttachmentRefusal.unknown`, `.reason`, `.folder` where the file
  ///   is still there
  package func callAsFunction(
    _ id: AttachmentID, reason: String, by account: Account
  ) async throws -> [Attachment] {
    // The same content may be with problems of others.
    guard account.reach(of: .manageFiles) == .all else { throw UseCaseError.forbidden }
    let reason = try AttachmentReason.checked(reason)
    let now = platform.now()
    let same = try await platform.database.write { connection in
      let found = try AttachmentScope.attachment(id, for: account, in: connection)
      let same = try AttachmentRows.list(withDigest: found.digest, in: connection)
      for attachment in same where attachment.purgedAt == nil {
        try AttachmentEvents.append(
          .purged(.init(id: attachment.id, reason: reason)), of: attachment.problem, at: now,
          by: account.actor, in: connection)
        if attachment.withdrawal == nil {
          try AttachmentRows.withdraw(
            attachment.id, .init(at: now, by: account.actor, reason: reason), in: connection)
        }
        try AttachmentRows.purge(attachment.id, at: now, in: connection)
      }
      return try AttachmentRows.list(withDigest: found.digest, in: connection)
    }
    guard let digest = same.first.flatMap({ Digest(bytes: $0.digest) }), store.destroy(digest)
    else {
      throw AttachmentRefusal.folder
    }
    return same
  }
}

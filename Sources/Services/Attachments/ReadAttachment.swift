import Cryptography
import Domain
import Storage

/// One attachment with its content, checked against its digest.
package struct ReadAttachment: Sendable {
  let platform: Platform
  let store: AttachmentStore

  package init(_ platform: Platform, _ store: AttachmentStore) {
    self.platform = platform
    self.store = store
  }

  package struct Content: Sendable {
    package let attachment: Attachment
    package let bytes: [UInt8]
  }

  /// What was withdrawn can be read by the office that decides on its problem alone.
  /// - Throws: `AttachmentRefusal.unknown`, `.withdrawn`, `.purged`, `.missing`, `.changed`;
  ///   `KeyRing.Fault.none`
  package func callAsFunction(_ id: AttachmentID, for account: Account) async throws -> Content {
    let attachment = try await platform.database.read { connection in
      let attachment = try AttachmentScope.attachment(id, for: account, in: connection)
      if attachment.purgedAt == nil, attachment.withdrawal != nil,
        try !AttachmentScope.mayManage(attachment, account, in: connection)
      {
        throw AttachmentRefusal.withdrawn
      }
      return attachment
    }
    if attachment.purgedAt != nil { throw AttachmentRefusal.purged }
    guard let digest = Digest(bytes: attachment.digest) else { throw AttachmentRefusal.missing }
    let bytes = try await FileThreads.run { [store] in try store.read(digest) }
    return Content(attachment: attachment, bytes: bytes)
  }
}

import Domain

/// Whether a file would be taken, before there is a problem to add it to.
package enum CheckFile {
  /// - Throws: `StorageError.contention` where too many files wait to be looked at
  package static func refusal(_ bytes: [UInt8]) async throws -> AttachmentRefusal? {
    if bytes.count > Attachment.maximumSize { return .tooLarge }
    do {
      try await FileThreads.run { _ = try AttachmentType(bytes).withoutMetadata(bytes) }
      return nil
    } catch let refusal as AttachmentRefusal {
      return refusal
    }
  }
}

import Cryptography
import Domain
import Foundation
import Storage

/// Keeps the files of attachments beside the copies of the database, in a folder `attachments`: what is
/// new is added, what was purged is destroyed there too.
package struct CopyAttachments: Sendable {
  let platform: Platform
  let store: AttachmentStore

  package init(_ platform: Platform, _ store: AttachmentStore) {
    self.platform = platform
    self.store = store
  }

  package struct Report: Sendable, Equatable {
    /// Files copied now, and files that were there before.
    package var copied = 0
    package var kept = 0
    package var destroyed = 0
    /// Digests whose file is missing or changed, on the side that is copied from.
    package var lost: [String] = []

    package init() {}
  }

  static func folder(in backups: String) -> String { backups + "/attachments" }

  /// To be called after the database was copied: then every file that its rows name is there.
  /// - Parameter backups: the folder with the copies.
  /// - Throws: `AttachmentRefusal.folder`, `KeyRing.Fault.none`, `StorageError`
  package func callAsFunction(to backups: String) async throws -> Report {
    let copies = AttachmentStore(
      folder: CopyAttachments.folder(in: backups), vault: platform.vault)
    return try await copy(from: store, to: copies)
  }

  /// The way back, with every file verified.
  /// - Throws: as above
  package func callAsFunction(from backups: String) async throws -> Report {
    let copies = AttachmentStore(
      folder: CopyAttachments.folder(in: backups), vault: platform.vault)
    return try await copy(from: copies, to: store)
  }

  private func copy(
    from source: AttachmentStore, to target: AttachmentStore
  ) async throws -> Report {
    var report = Report()
    let known = try await platform.database.read { try AttachmentRows.digests(in: $0) }
    for (bytes, isPurged) in known {
      guard let digest = Digest(bytes: bytes) else { continue }
      if isPurged {
        if target.has(digest) {
          guard target.destroy(digest) else { throw AttachmentRefusal.folder }
          report.destroyed += 1
        }
        continue
      }
      if target.has(digest) {
        report.kept += 1
        continue
      }
      do {
        try await FileThreads.run {
          // Only what is sound is worth keeping.
          _ = try source.read(digest)
          try target.writeFile(try source.file(digest), digest)
        }
        report.copied += 1
      } catch AttachmentRefusal.missing, AttachmentRefusal.changed {
        report.lost.append(digest.hex)
      }
    }
    return report
  }
}

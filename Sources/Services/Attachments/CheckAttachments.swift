import Cryptography
import Domain
import Storage

/// Looks whether every attachment has its file and every file is what it was, and what else lies in the
/// folder. Changes nothing.
package struct CheckAttachments: Sendable {
  let platform: Platform
  let store: AttachmentStore

  package init(_ platform: Platform, _ store: AttachmentStore) {
    self.platform = platform
    self.store = store
  }

  /// Digests in hexadecimal.
  package struct Report: Sendable, Equatable {
    /// Files that are there and sound.
    package var sound = 0
    package var missing: [String] = []
    package var changed: [String] = []
    /// Destroyed, and yet there: `attachment purge` again.
    package var notDestroyed: [String] = []
    /// No attachment has it: one that was broken off, or is under way now.
    package var orphans: [String] = []
    /// No file of ours.
    package var strange: [String] = []

    package init() {}

    /// What is broken off or strange harms nobody.
    package var isWell: Bool { missing.isEmpty && changed.isEmpty && notDestroyed.isEmpty }
  }

  /// - Throws: `KeyRing.Fault.none` without the master key, `StorageError`
  package func callAsFunction() async throws -> Report {
    var report = Report()
    // The folder first: what is added meanwhile is no orphan then.
    let there = store.contents()
    report.strange = there.strange
    let known = try await platform.database.read { try AttachmentRows.digests(in: $0) }
    var wanted: Set<Digest> = []
    for (bytes, isPurged) in known {
      guard let digest = Digest(bytes: bytes) else { continue }
      wanted.insert(digest)
      if isPurged {
        if store.has(digest) { report.notDestroyed.append(digest.hex) }
        continue
      }
      do {
        _ = try await FileThreads.run { [store] in try store.read(digest) }
        report.sound += 1
      } catch AttachmentRefusal.missing {
        report.missing.append(digest.hex)
      } catch AttachmentRefusal.changed {
        report.changed.append(digest.hex)
      }
    }
    report.orphans = there.digests.filter { !wanted.contains($0) }.map(\.hex)
    return report
  }
}

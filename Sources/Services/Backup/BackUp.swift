import Cryptography
import Domain
import Foundation
import Ledger
import Storage

/// Copies a database that is in use into a folder: the data in a file of their own for each copy, the
/// keys of persons in one that each copy replaces. Who erases somebody's key so erases it for all
/// older copies.
package struct BackUp: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package enum Fault: Error, Sendable, Equatable {
    case notWritable(String)
    /// The folder has the keys of another database, which would be lost.
    case otherInstance(String)
    /// Keys were taken away that the ledger does not know as erased: the copies' keys are kept.
    case keysDiffer(Difference)
  }

  /// - Returns: the manifest's path.
  /// - Throws: `Fault`, `StorageError`, `KeyRing.Fault.none`, `Sequencer.Tampered`
  package func callAsFunction(to folder: String) async throws -> String {
    let now = platform.now()
    let name = "lianbang-" + now.fileStamp
    // First, since it finds out whether the folder is another database's.
    try await writeKeys(to: folder)
    // Signed before, so that the copy has at least what the checkpoint says.
    let note = try await SignCheckpoint(platform)()
    let persons = try await platform.database.read { try PersonKeyCopies.count(in: $0) }
    let file = "\(folder)/\(name).\(platform.database.dialect.rawValue)"
    let draft = file + ".new"
    defer { unlink(draft) }
    guard DurableFile.write([], to: draft) else { throw Fault.notWritable(folder) }
    try await platform.database.backUp(to: draft, emptied: "person_keys")
    chmod(draft, 0o600)
    guard DurableFile.sync(draft), DurableFile.move(draft, to: file) else {
      throw Fault.notWritable(folder)
    }
    let manifest = BackupManifest(
      engine: platform.database.dialect.rawValue, origin: platform.vault.origin,
      taken_at: now.description, file: "\(name).\(platform.database.dialect.rawValue)",
      sha256: try BackupManifest.digest(of: file), persons: persons, checkpoint: note)
    // Read after the copy: it has every key that the copy's rows refer to.
    try await writeKeys(to: folder)
    let path = "\(folder)/\(name).json"
    guard DurableFile.write(try manifest.json(), to: path) else {
      throw Fault.notWritable(folder)
    }
    return path
  }

  /// Replaces the folder's file of person keys: what was erased since is erased there too.
  /// - Throws: `Fault`, `StorageError`
  package func writeKeys(to folder: String) async throws {
    try? FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    // Two at once could put back what one of them erased.
    guard let lock = DurableFile.lock("\(folder)/.lock") else { throw Fault.notWritable(folder) }
    defer { lock.release() }
    let path = "\(folder)/person-keys"
    let copies = try await platform.database.read { connection in
      var replay = Replay()
      try AccountReplay.check(into: &replay, in: connection)
      if let difference = replay.differences.first(where: { $0.table == "person_keys" }) {
        throw Fault.keysDiffer(difference)
      }
      return try PersonKeyCopies(in: connection)
    }
    if FileManager.default.fileExists(atPath: path) {
      guard try PersonKeyCopies(file: path).instance.origin == copies.instance.origin else {
        throw Fault.otherInstance(path)
      }
    }
    guard DurableFile.write(try copies.encoded(), to: path) else {
      throw Fault.notWritable(folder)
    }
  }
}

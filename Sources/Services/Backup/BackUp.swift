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
  }

  /// - Returns: the manifest's path.
  /// - Throws: `Fault`, `StorageError`, `KeyRing.Fault.none`, `Sequencer.Tampered`
  package func callAsFunction(to folder: String) async throws -> String {
    let now = platform.now()
    let name = "lianbang-" + BackUp.stamp(now)
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
    } catch {
      throw Fault.notWritable(folder)
    }
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
    let copies = try await platform.database.read { try PersonKeyCopies(in: $0) }
    guard DurableFile.write(try copies.encoded(), to: "\(folder)/person-keys") else {
      throw Fault.notWritable(folder)
    }
  }

  /// `20261121T072400Z`, with milliseconds: two copies never share a name.
  private static func stamp(_ now: Instant) -> String {
    let seconds = now.milliseconds / 1000
    var time = time_t(seconds)
    var parts = tm()
    gmtime_r(&time, &parts)
    var text = [CChar](repeating: 0, count: 32)
    strftime(&text, text.count, "%Y%m%dT%H%M%S", &parts)
    let rest = String(1000 + now.milliseconds % 1000).dropFirst()
    return text.withUnsafeBufferPointer { String(cString: $0.baseAddress!) } + rest + "Z"
  }
}

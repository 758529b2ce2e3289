import Cryptography
import Foundation
import GRDB
import Storage

/// A file that is not there yet.
package struct SQLiteRestore: RestoreTarget {
  package let dialect = Dialect.sqlite
  private let path: String
  private var draft: String { path + ".restoring" }

  package init(path: String) {
    self.path = path
  }

  package func restore(
    _ file: String, filling: @escaping @Sendable (any Storage.Connection) throws -> Void
  ) async throws -> any Storage.Database {
    let files = FileManager.default
    try checkIsEmpty()
    if files.fileExists(atPath: draft) { throw RestoreFault.notEmpty(draft) }
    do {
      try files.createDirectory(
        at: URL(fileURLWithPath: path).deletingLastPathComponent(),
        withIntermediateDirectories: true)
      try files.copyItem(atPath: file, toPath: draft)
      try files.setAttributes([.posixPermissions: 0o600], ofItemAtPath: draft)
    } catch {
      throw StorageError.notWritable(draft)
    }
    try fill(filling)
    return try SQLiteDatabase(path: draft)
  }

  private func fill(_ filling: (any Storage.Connection) throws -> Void) throws {
    try translated {
      var configuration = Configuration()
      // Rows elsewhere refer to those that are still missing.
      configuration.foreignKeysEnabled = false
      let queue = try DatabaseQueue(path: draft, configuration: configuration)
      let limits = StatementLimits(.seconds(600))
      queue.writeWithoutTransaction { limits.watch($0) }
      try queue.write { database in
        try filling(
          SQLiteConnection(
            database: database, suite: .international, deadline: limits.deadline(of: database)))
        let check = try String.fetchOne(database, sql: "pragma integrity_check")
        guard check == "ok" else { throw StorageError.damaged("\(draft): \(check ?? "")") }
        try database.checkForeignKeys()
      }
      try queue.close()
    }
  }

  /// A log that was left behind would be played into the restored file.
  private func checkIsEmpty() throws {
    for ending in ["", "-wal", "-shm", "-journal"]
    where FileManager.default.fileExists(atPath: path + ending) {
      throw RestoreFault.notEmpty(path + ending)
    }
  }

  package func keep() async throws {
    try checkIsEmpty()
    try translated {
      // Everything in the one file, and on disk, before it counts.
      let queue = try DatabaseQueue(path: draft)
      try queue.writeWithoutTransaction { try $0.execute(sql: "pragma journal_mode = delete") }
      try queue.close()
    }
    // Not renamed: that would replace what a server made there meanwhile.
    guard link(draft, path) == 0 else { throw StorageError.notWritable(path) }
    unlink(draft)
    sync()
  }

  package func discard() async {
    for ending in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: draft + ending)
    }
  }
}

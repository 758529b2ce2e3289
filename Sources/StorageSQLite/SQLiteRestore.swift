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
    for known in [path, draft] where files.fileExists(atPath: known) {
      throw RestoreFault.notEmpty(known)
    }
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

  package func keep() async throws {
    guard rename(draft, path) == 0 else {
      throw StorageError.notWritable(path)
    }
  }

  package func discard() async {
    for ending in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: draft + ending)
    }
  }
}

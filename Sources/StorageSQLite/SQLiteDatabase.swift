import Cryptography
import Foundation
import GRDB
import GRDBSQLite
import Storage
import Synchronization

/// The embedded engine: one file, one writer, readers on snapshots (WAL).
package final class SQLiteDatabase: Storage.Database {
  package let dialect = Dialect.sqlite
  private let pool: DatabasePool
  private let isClosed = Mutex(false)
  // A writer that waits for another must not keep readers' threads busy.
  private let threads: OwnedThreads
  private let seats = Seats()
  private let readers: SQLiteReaders
  private let writer: GroupCommit
  private let limits: StatementLimits
  private let chosenSuite = Mutex(CipherSuite.international)

  package var suite: CipherSuite { chosenSuite.withLock { $0 } }
  package func use(_ suite: CipherSuite) { chosenSuite.withLock { $0 = suite } }

  /// Opens the file, creating it where it is missing.
  /// - Parameter statementTimeout: how long one statement may run.
  /// - Throws: `StorageError.unavailable`
  package init(
    path: String, readers: Int = 4, statementTimeout: Duration = .seconds(15)
  ) throws {
    let limits = StatementLimits(statementTimeout)
    self.limits = limits
    var configuration = Configuration()
    configuration.busyMode = .timeout(5)
    configuration.prepareDatabase { database in
      // Deleted content is overwritten, not left on its page.
      try database.execute(sql: "pragma cache_size = -16000; pragma secure_delete = on")
      limits.watch(database)
    }
    do {
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      // For the owner only, from the first byte; SQLite gives its other files the same.
      if !FileManager.default.fileExists(atPath: path) {
        _ = FileManager.default.createFile(
          atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
      }
      pool = try DatabasePool(path: path, configuration: configuration)
      // The pool has set NORMAL on its one writer, which may lose the last transactions when the power fails. The
      // pages that a savepoint may have to bring back are held in memory: a file of its own for each transaction
      // costs a tenth of it.
      try pool.writeWithoutTransaction {
        try $0.execute(sql: "pragma synchronous = full; pragma temp_store = memory")
      }
    } catch let error as DatabaseError {
      throw storageError(error, at: path)
    } catch {
      throw StorageError.notWritable(path)
    }
    threads = OwnedThreads(count: readers)
    self.readers = SQLiteReaders(path: path, configuration, limits)
    writer = GroupCommit(pool)
  }

  package func read<T: Sendable>(
    from source: ReadSource, _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T {
    try await threads.run { [self] in try readHere(body) }
  }

  package func look<T: Sendable>(
    _ body: @escaping @Sendable (any Storage.Connection) throws -> T
  ) async throws -> T {
    guard RequestThreads.areHere, seats.take() else { return try await read(body) }
    defer { seats.leave() }
    return try readHere(body)
  }

  private func readHere<T>(_ body: (any Connection) throws -> T) throws -> T {
    try translated {
      try readers.read { try body(SQLiteConnection(database: $0, suite: suite, deadline: $1)) }
    }
  }

  package func write<T: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T {
    try await writer.write { [self] in try body(connection($0)) }
  }

  package func write<T: Sendable>(
    exclusively work: ExclusiveWork, _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T {
    // There is one writer anyway.
    try await write(body)
  }

  package func backUp(to file: String, emptied table: String) async throws {
    try await threads.run { [pool] in
      try translated {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        let copy = try DatabaseQueue(path: file, configuration: configuration)
        // A thousand pages at a time, of one snapshot: writers go on meanwhile.
        try pool.backup(to: copy, pagesPerStep: 1000)
        try copy.writeWithoutTransaction { database in
          try database.execute(
            sql: "pragma secure_delete = on; pragma journal_mode = delete; delete from \(table)")
        }
        try copy.close()
      }
    }
  }

  /// Deleted content is overwritten on its page; what is left is in the write-ahead log.
  package func purge(_ table: String) async throws {
    try await writer.alone { pool in
      try pool.writeWithoutTransaction { database in
        // Writers wait meanwhile: a long reader is not waited for.
        try database.execute(sql: "pragma busy_timeout = 1000")
        defer { try? database.execute(sql: "pragma busy_timeout = 5000") }
        _ = try database.checkpoint(.truncate)
      }
    }
  }

  package var load: DatabaseLoad {
    let (readers, writer) = (threads.load, writer.load)
    return DatabaseLoad(
      threads: readers.threads + writer.threads, running: readers.running + writer.running,
      waiting: readers.waiting + writer.waiting)
  }

  package func close() async {
    // Once: a server closes its database, and the command that ran it closes what is open.
    let isFirst = isClosed.withLock { closed in
      defer { closed = true }
      return !closed
    }
    guard isFirst else { return }
    await writer.close()
    await threads.close()
    readers.close()
    // All of it into the one file that people copy: the readers, which close last, may not write.
    _ = try? await pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
    try? pool.close()
  }

  private func connection(_ database: GRDB.Database) -> SQLiteConnection {
    SQLiteConnection(database: database, suite: suite, deadline: limits.deadline(of: database))
  }
}

/// Runs a closure and turns GRDB's errors into ours.
func translated<T>(_ body: () throws -> T) throws -> T {
  do {
    return try body()
  } catch let error as DatabaseError {
    throw storageError(error, at: nil)
  }
}

/// - Parameter path: where the file is, where that is not clear from elsewhere.
private func storageError(_ error: DatabaseError, at path: String?) -> StorageError {
  let message = error.message ?? "\(error.extendedResultCode)"
  let place = path.map { "\($0): \(message)" } ?? message
  switch error.extendedResultCode {
  case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY, .SQLITE_CONSTRAINT_ROWID:
    return .notUnique(message)
  case .SQLITE_CONSTRAINT_FOREIGNKEY: return .foreignKey(message)
  case .SQLITE_CONSTRAINT_CHECK, .SQLITE_CONSTRAINT_NOTNULL, .SQLITE_CONSTRAINT_DATATYPE:
    return .check(message)
  default: break
  }
  switch error.resultCode {
  case .SQLITE_BUSY, .SQLITE_LOCKED: return .contention
  case .SQLITE_INTERRUPT: return .timeout
  case .SQLITE_FULL: return .diskFull(place)
  case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM: return .notWritable(place)
  case .SQLITE_NOTADB, .SQLITE_CORRUPT: return .damaged(place)
  case .SQLITE_IOERR: return .unavailable(place)
  default: return .statement(message)
  }
}

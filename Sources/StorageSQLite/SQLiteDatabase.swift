import Foundation
import GRDB
import Storage

/// The embedded engine: one file, one writer, readers on snapshots (WAL).
package final class SQLiteDatabase: Storage.Database {
  package let dialect = Dialect.sqlite
  private let pool: DatabasePool
  // A writer that waits for another must not keep readers' threads busy.
  private let readers: OwnedThreads
  private let writer = OwnedThreads(count: 1)

  /// Opens the file, creating it where it is missing.
  /// - Throws: `StorageError.unavailable`
  package init(path: String, readers: Int = 4) throws {
    var configuration = Configuration()
    configuration.maximumReaderCount = readers
    configuration.busyMode = .timeout(10)
    configuration.prepareDatabase { database in
      try database.execute(sql: "pragma cache_size = -16000")
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
      // The pool has set NORMAL on its one writer, which may lose the last transactions when the
      // power fails.
      try pool.writeWithoutTransaction { try $0.execute(sql: "pragma synchronous = full") }
    } catch {
      throw StorageError.unavailable("\(path): \(error)")
    }
    self.readers = OwnedThreads(count: readers)
  }

  package func read<T: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T {
    try await readers.run { [pool] in
      try translated { try pool.read { try body(SQLiteConnection(database: $0)) } }
    }
  }

  package func write<T: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T {
    try await writer.run { [pool] in
      try Retry.run {
        try translated { try pool.write { try body(SQLiteConnection(database: $0)) } }
      }
    }
  }

  package func write<T: Sendable>(
    exclusively work: ExclusiveWork, _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T {
    // There is one writer anyway.
    try await write(body)
  }

  package func close() async {
    await writer.close()
    await readers.close()
    try? pool.close()
  }
}

/// Runs a closure and turns GRDB's errors into ours.
private func translated<T>(_ body: () throws -> T) throws -> T {
  do {
    return try body()
  } catch let error as DatabaseError {
    let message = error.message ?? "\(error.extendedResultCode)"
    throw switch error.extendedResultCode {
    case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY, .SQLITE_CONSTRAINT_ROWID:
      StorageError.notUnique(message)
    case .SQLITE_CONSTRAINT_FOREIGNKEY: StorageError.foreignKey(message)
    case .SQLITE_CONSTRAINT_CHECK, .SQLITE_CONSTRAINT_NOTNULL, .SQLITE_CONSTRAINT_DATATYPE:
      StorageError.check(message)
    case _ where error.resultCode == .SQLITE_BUSY || error.resultCode == .SQLITE_LOCKED:
      StorageError.contention
    case _
    where [
      .SQLITE_CANTOPEN, .SQLITE_NOTADB, .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_READONLY,
      .SQLITE_CORRUPT,
    ]
    .contains(error.resultCode):
      StorageError.unavailable(message)
    default: StorageError.statement(message)
    }
  }
}

private struct SQLiteConnection: Connection {
  let database: GRDB.Database
  let dialect = Dialect.sqlite

  func run(_ sql: String, _ arguments: [any SQLConvertible]) throws -> Int {
    let statement = try prepare(sql, arguments)
    return try translated {
      try statement.execute()
      return database.changesCount
    }
  }

  func forEach(
    _ sql: String, _ arguments: [any SQLConvertible], _ body: (any SQLRow) throws -> Void
  ) throws {
    let statement = try prepare(sql, arguments)
    try translated {
      let cursor = try Row.fetchCursor(statement)
      while let row = try cursor.next() { try body(SQLiteRow(row: row)) }
    }
  }

  func runScript(_ sql: String) throws {
    try translated { try database.execute(sql: sql) }
  }

  private func prepare(_ sql: String, _ arguments: [any SQLConvertible]) throws -> Statement {
    try translated {
      let statement = try database.cachedStatement(sql: sql)
      statement.setUncheckedArguments(
        StatementArguments(arguments.map { $0.sql.databaseValue }))
      return statement
    }
  }
}

extension SQLValue {
  fileprivate var databaseValue: (any DatabaseValueConvertible)? {
    switch self {
    case .null: nil
    case .int(let value): value
    case .text(let value): value
    case .bytes(let value): Data(value)
    }
  }
}

private struct SQLiteRow: SQLRow {
  let row: Row

  func optionalInt(_ column: Int) throws -> Int64? {
    try readable { try row.decode(Int64?.self, atIndex: column) }
  }

  func optionalText(_ column: Int) throws -> String? {
    // By its bytes: a C string would end at a NUL that somebody put in behind our back.
    try row.withUnsafeData(atIndex: column) { data in
      guard let data else { return nil }
      guard let text = String(validating: data, as: UTF8.self) else {
        throw StorageError.unreadable("column \(column) is not UTF-8")
      }
      return text
    }
  }

  func optionalBytes(_ column: Int) throws -> [UInt8]? {
    try readable { try row.decode(Data?.self, atIndex: column).map { Array($0) } }
  }

  private func readable<T>(_ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch {
      throw StorageError.unreadable("\(error)")
    }
  }
}

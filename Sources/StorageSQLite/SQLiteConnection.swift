import Cryptography
import Foundation
import GRDB
import GRDBSQLite
import Storage

struct SQLiteConnection: Connection {
  let database: GRDB.Database
  let dialect = Dialect.sqlite
  let suite: CipherSuite
  let deadline: StatementLimits.Deadline

  func run(_ sql: String, _ arguments: [any SQLConvertible]) throws -> Int {
    deadline.start()
    defer { deadline.stop() }
    // What has no parameters may be one that GRDB keeps account of: a transaction's end, a pragma, a change of the
    // schema. The others go through SQLite's own interface: a use case runs a dozen of them.
    guard !arguments.isEmpty else {
      return try translated {
        try database.cachedStatement(sql: sql).execute()
        return database.changesCount
      }
    }
    return try statement(sql) { handle in
      bind(arguments, to: handle)
      try step(handle) {}
      return Int(sqlite3_changes(sqlite3_db_handle(handle)))
    }
  }

  func forEach(
    _ sql: String, _ arguments: [any SQLConvertible], _ body: (any SQLRow) throws -> Void
  ) throws {
    deadline.start()
    defer { deadline.stop() }
    try stream(sql, arguments, body)
  }

  /// Through SQLite's own interface: a page asks a dozen short questions, and a cursor with the names of
  /// its columns costs more than their answers.
  func stream(
    _ sql: String, _ arguments: [any SQLConvertible], _ body: (any SQLRow) throws -> Void
  ) throws {
    try statement(sql) { handle in
      bind(arguments, to: handle)
      let row = SQLiteRow(statement: handle)
      try step(handle) { try body(row) }
    }
  }

  /// A statement that is ready to run, and ready for the next when the closure returns.
  private func statement<T>(_ sql: String, _ body: (OpaquePointer) throws -> T) throws -> T {
    let cached = try translated { try database.cachedStatement(sql: sql) }
    let handle = cached.sqliteStatement
    // Whoever used it last may have left it standing at its end, and then nothing can be bound.
    sqlite3_reset(handle)
    defer {
      sqlite3_reset(handle)
      sqlite3_clear_bindings(handle)
    }
    return try body(handle)
  }

  private func bind(_ values: [any SQLConvertible], to handle: OpaquePointer) {
    for (index, value) in values.enumerated() { value.sql.bind(to: handle, Int32(index + 1)) }
  }

  /// To its end, standing at one row after the other.
  private func step(_ handle: OpaquePointer, _ atRow: () throws -> Void) throws {
    while true {
      switch sqlite3_step(handle) {
      case SQLITE_ROW: try atRow()
      case SQLITE_DONE: return
      default: try translated { throw fault(of: handle) }
      }
    }
  }

  private func fault(of statement: OpaquePointer) -> DatabaseError {
    let connection = sqlite3_db_handle(statement)
    return DatabaseError(
      resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
      message: String(cString: sqlite3_errmsg(connection)))
  }

  /// One statement for all rows: SQLite gains nothing from longer ones. Values are bound through its own
  /// interface, for imports are mostly this.
  func insert(
    into table: String, _ columns: [String], _ rows: [[any SQLConvertible]]
  ) throws {
    let sql = insertion(into: table, columns)
    try statement(sql) { handle in
      for row in rows {
        deadline.start()
        defer { deadline.stop() }
        bind(row, to: handle)
        try step(handle) {}
        sqlite3_reset(handle)
      }
    }
  }

  func runScript(_ sql: String) throws {
    try translated { try database.execute(sql: sql) }
  }
}

extension SQLValue {
  /// SQLite copies what it is given.
  fileprivate func bind(to statement: OpaquePointer, _ index: Int32) {
    let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    switch self {
    case .null: sqlite3_bind_null(statement, index)
    case .int(let value): sqlite3_bind_int64(statement, index, value)
    case .text(let text) where text.isEmpty:
      // An empty text may have no address, and would be bound as null.
      sqlite3_bind_text(statement, index, "", 0, copied)
    case .text(var text):
      text.withUTF8 { bytes in
        _ = bytes.withMemoryRebound(to: CChar.self) {
          sqlite3_bind_text(statement, index, $0.baseAddress, Int32($0.count), copied)
        }
      }
    case .texts(let texts):
      SQLValue.text(texts.joined(separator: " ")).bind(to: statement, index)
    case .bytes(let bytes):
      if bytes.isEmpty {
        sqlite3_bind_zeroblob(statement, index, 0)
      } else {
        bytes.withUnsafeBytes {
          _ = sqlite3_bind_blob(statement, index, $0.baseAddress, Int32($0.count), copied)
        }
      }
    }
  }
}

/// The row a statement stands at, read through SQLite's own interface.
private struct SQLiteRow: SQLRow {
  let statement: OpaquePointer

  func optionalInt(_ column: Int) throws -> Int64? {
    switch sqlite3_column_type(statement, Int32(column)) {
    case SQLITE_NULL: nil
    case SQLITE_INTEGER: sqlite3_column_int64(statement, Int32(column))
    default: throw StorageError.unreadable("column \(column) is no integer")
    }
  }

  func optionalText(_ column: Int) throws -> String? {
    if isNull(column) { return nil }
    // By its bytes: a C string would end at a NUL that somebody put in behind our back.
    guard let text = String(validating: unsafeBytes(column), as: UTF8.self) else {
      throw StorageError.unreadable("column \(column) is not UTF-8")
    }
    return text
  }

  func optionalBytes(_ column: Int) throws -> [UInt8]? {
    isNull(column) ? nil : Array(unsafeBytes(column))
  }

  func unsafeBytes(_ column: Int) -> UnsafeRawBufferPointer {
    let start = sqlite3_column_blob(statement, Int32(column))
    let count = Int(sqlite3_column_bytes(statement, Int32(column)))
    return UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count)
  }

  private func isNull(_ column: Int) -> Bool {
    sqlite3_column_type(statement, Int32(column)) == SQLITE_NULL
  }
}

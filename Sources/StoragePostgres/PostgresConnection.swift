import CPostgres
import Storage

/// One libpq connection with its prepared statements. Used by one thread at a time: the pool hands
/// it to one transaction and takes it back, which is why it may move between threads.
final class PostgresConnection: Connection, @unchecked Sendable {
  let dialect = Dialect.postgres
  private let handle: OpaquePointer
  private var prepared: [String: String] = [:]

  /// - Throws: `StorageError.unavailable`
  init(url: String) throws {
    guard let handle = PQconnectdb(url) else { throw StorageError.unavailable("no memory") }
    guard PQstatus(handle) == CONNECTION_OK else {
      defer { PQfinish(handle) }
      throw StorageError.unavailable(String(cString: PQerrorMessage(handle)).trimmedLine)
    }
    self.handle = handle
    // Notices ("relation exists, skipping") are not for standard error.
    PQsetNoticeProcessor(handle, { _, _ in }, nil)
    try runScript("set client_encoding = 'UTF8'; set statement_timeout = '60s'")
  }

  deinit { PQfinish(handle) }

  func run(_ sql: String, _ arguments: [any SQLConvertible]) throws -> Int {
    let result = try execute(sql, arguments)
    return Int(String(cString: PQcmdTuples(result.handle))) ?? 0
  }

  func forEach(
    _ sql: String, _ arguments: [any SQLConvertible], _ body: (any SQLRow) throws -> Void
  ) throws {
    let result = try execute(sql, arguments)
    for row in 0..<PQntuples(result.handle) {
      try body(PostgresRow(result: result, row: row))
    }
  }

  func runScript(_ sql: String) throws {
    _ = try check(PQexec(handle, sql))
  }

  /// - Throws: `StorageError.statement` where a statement failed before and its error was swallowed:
  ///   PostgreSQL then answers a commit by rolling back.
  func commit() throws {
    let result = try check(PQexec(handle, "commit"))
    guard String(cString: PQcmdStatus(result.handle)) == "COMMIT" else {
      throw StorageError.statement("the transaction had failed before its commit")
    }
  }

  private func execute(_ sql: String, _ arguments: [any SQLConvertible]) throws -> PostgresResult {
    let values = arguments.map(\.sql)
    let name = try prepare(sql, values)
    let bound = values.map(BoundValue.init)
    var pointers: [UnsafePointer<CChar>?] = []
    var lengths: [Int32] = []
    var formats: [Int32] = []
    defer { for pointer in pointers { pointer?.deallocate() } }
    for value in bound {
      pointers.append(value.copied())
      lengths.append(Int32(value.bytes?.count ?? 0))
      formats.append(1)
    }
    return try check(
      PQexecPrepared(handle, name, Int32(values.count), pointers, lengths, formats, 1))
  }

  private func prepare(_ sql: String, _ values: [SQLValue]) throws -> String {
    if let name = prepared[sql] { return name }
    let name = "s\(prepared.count)"
    let types = values.map { BoundValue($0).type }
    _ = try check(
      PQprepare(handle, name, sql.replacing("?", with: "$"), Int32(types.count), types))
    prepared[sql] = name
    return name
  }

  /// - Throws: `StorageError` by the result's SQLSTATE.
  private func check(_ handle: OpaquePointer?) throws -> PostgresResult {
    guard let handle else {
      throw StorageError.unavailable(String(cString: PQerrorMessage(self.handle)).trimmedLine)
    }
    let result = PostgresResult(handle: handle)
    switch PQresultStatus(handle) {
    case PGRES_COMMAND_OK, PGRES_TUPLES_OK: return result
    default: throw error(of: result)
    }
  }

  private func error(of result: PostgresResult) -> StorageError {
    let message = String(cString: PQresultErrorMessage(result.handle)).trimmedLine
    func field(_ code: Character) -> String {
      PQresultErrorField(result.handle, Int32(code.asciiValue!)).map { String(cString: $0) } ?? ""
    }
    let state = field("C")
    // 'n' is the constraint's name.
    return switch state {
    case "23505": .notUnique(field("n"))
    case "23503": .foreignKey(field("n"))
    case "23502", "23514": .check(field("n").isEmpty ? message : field("n"))
    case "40001", "40P01", "55P03": .contention
    case _ where state.hasPrefix("08") || state.hasPrefix("57P") || state.isEmpty:
      .unavailable(message)
    default: .statement("\(state) \(message)")
    }
  }
}

/// A value in PostgreSQL's binary form.
private struct BoundValue {
  /// The type's object id; 0 leaves it to the server.
  let type: Oid
  let bytes: [UInt8]?

  init(_ value: SQLValue) {
    switch value {
    case .null: (type, bytes) = (0, nil)
    case .int(let number):
      (type, bytes) = (20, withUnsafeBytes(of: number.bigEndian) { Array($0) })
    case .text(let text): (type, bytes) = (25, Array(text.utf8))
    case .bytes(let raw): (type, bytes) = (17, raw)
    }
  }

  /// The bytes at an address of their own, never empty so that it is not taken for null.
  func copied() -> UnsafePointer<CChar>? {
    guard let bytes else { return nil }
    let copy = UnsafeMutablePointer<CChar>.allocate(capacity: max(1, bytes.count))
    for (index, byte) in bytes.enumerated() { copy[index] = CChar(bitPattern: byte) }
    return UnsafePointer(copy)
  }
}

/// Owns a result and gives it back to libpq on every path.
final class PostgresResult {
  let handle: OpaquePointer

  init(handle: OpaquePointer) { self.handle = handle }

  deinit { PQclear(handle) }
}

private struct PostgresRow: SQLRow {
  let result: PostgresResult
  let row: Int32

  func optionalInt(_ column: Int) throws -> Int64? {
    try value(column).map { bytes in
      switch bytes.count {
      case 8: Int64(bigEndian: bytes.loadUnaligned(as: Int64.self))
      case 4: Int64(Int32(bigEndian: bytes.loadUnaligned(as: Int32.self)))
      default: throw StorageError.unreadable("column \(column) is no integer")
      }
    }
  }

  func optionalText(_ column: Int) throws -> String? {
    value(column).map { String(decoding: $0, as: UTF8.self) }
  }

  func optionalBytes(_ column: Int) throws -> [UInt8]? {
    value(column).map { Array($0) }
  }

  private func value(_ column: Int) -> UnsafeRawBufferPointer? {
    if PQgetisnull(result.handle, row, Int32(column)) == 1 { return nil }
    return UnsafeRawBufferPointer(
      start: PQgetvalue(result.handle, row, Int32(column)),
      count: Int(PQgetlength(result.handle, row, Int32(column))))
  }
}

extension String {
  fileprivate var trimmedLine: String {
    var text = self
    while text.last?.isNewline == true { text.removeLast() }
    return text
  }
}

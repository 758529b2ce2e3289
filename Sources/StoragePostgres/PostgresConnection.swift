import CPostgres
import Cryptography
import Storage

/// One libpq connection with its prepared statements. Used by one thread at a time: the pool hands
/// it to one transaction and takes it back, which is why it may move between threads.
final class PostgresConnection: Connection, @unchecked Sendable {
  let dialect = Dialect.postgres
  /// Of the database at hand; set before each transaction.
  var suite = CipherSuite.international
  private let handle: OpaquePointer
  private var prepared: [String: String] = [:]
  private var cursors = 0

  /// More would be forgotten plans of rare filters, in every server process.
  private static let maximumPrepared = 500
  /// Rows of a streamed result in memory at once.
  private static let streamed = 500

  /// - Throws: `StorageError.unavailable`
  init(url: String, isPrimary: Bool, statementTimeout: Duration) throws {
    guard let handle = PQconnectdb(try ConnectionString(url).completed(isPrimary: isPrimary)) else {
      throw StorageError.unavailable("no memory")
    }
    guard PQstatus(handle) == CONNECTION_OK else {
      defer { PQfinish(handle) }
      throw StorageError.unavailable(String(cString: PQerrorMessage(handle)).trimmedLine)
    }
    self.handle = handle
    // Notices ("relation exists, skipping") are not for standard error.
    PQsetNoticeProcessor(handle, { _, _ in }, nil)
    let milliseconds = statementTimeout / .milliseconds(1)
    // A server of ours that lost its power must not hold a lock for hours. What is acknowledged is on
    // disk, whatever the server's default is.
    try runScript(
      """
      set client_encoding = 'UTF8';
      set statement_timeout = \(Int(milliseconds));
      set idle_in_transaction_session_timeout = '60s';
      set tcp_keepalives_idle = 3;
      set tcp_keepalives_interval = 1;
      set tcp_keepalives_count = 4;
      select set_config('synchronous_commit', 'on', false)
      where current_setting('synchronous_commit') in ('off', 'local');
      """)
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

  func stream(
    _ sql: String, _ arguments: [any SQLConvertible], _ body: (any SQLRow) throws -> Void
  ) throws {
    cursors += 1
    let name = "c\(cursors)"
    _ = try execute("declare \(name) no scroll cursor for \(sql)", arguments, keep: false)
    while true {
      let result = try check(
        PQexecParams(
          handle, "fetch \(Self.streamed) from \(name)", 0, nil, nil, nil, nil, 1))
      let count = PQntuples(result.handle)
      for row in 0..<count { try body(PostgresRow(result: result, row: row)) }
      if count < Self.streamed { break }
    }
    try runScript("close \(name)")
  }

  /// COPY in binary form: the columns' types are the values'.
  func insert(
    into table: String, _ columns: [String], _ rows: [[any SQLConvertible]]
  ) throws {
    if rows.isEmpty { return }
    _ = try check(
      PQexec(
        handle, "copy \(table) (\(columns.joined(separator: ", "))) from stdin (format binary)"))
    var copy = CopyBuffer()
    for row in rows {
      copy.append(row.map(\.sql))
      if copy.bytes.count > 1 << 16 { try send(&copy) }
    }
    copy.finish()
    try send(&copy)
    guard PQputCopyEnd(handle, nil) == 1 else { throw lost() }
    _ = try check(PQgetResult(handle))
    while let rest = PQgetResult(handle) { PQclear(rest) }
  }

  private func send(_ copy: inout CopyBuffer) throws {
    let sent = copy.bytes.withUnsafeBytes {
      PQputCopyData(handle, $0.bindMemory(to: CChar.self).baseAddress, Int32($0.count))
    }
    guard sent == 1 else { throw lost() }
    copy.empty()
  }

  private func lost() -> StorageError {
    .unavailable(String(cString: PQerrorMessage(handle)).trimmedLine)
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

  /// - Parameter keep: whether the statement is prepared once for many uses.
  private func execute(
    _ sql: String, _ arguments: [any SQLConvertible], keep: Bool = true
  ) throws -> PostgresResult {
    let values = arguments.map(\.sql)
    let name = keep ? try prepare(sql, values) : ""
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
    let count = Int32(values.count)
    guard keep else {
      let types = bound.map(\.type)
      return try check(
        PQexecParams(
          handle, sql.replacing("?", with: "$"), count, types, pointers, lengths, formats, 1))
    }
    return try check(PQexecPrepared(handle, name, count, pointers, lengths, formats, 1))
  }

  private func prepare(_ sql: String, _ values: [SQLValue]) throws -> String {
    if let name = prepared[sql] { return name }
    if prepared.count == Self.maximumPrepared {
      try runScript("deallocate all")
      prepared.removeAll()
    }
    let name = "s\(prepared.count)"
    let types = values.map { BoundValue($0).type }
    _ = try check(
      PQprepare(handle, name, sql.replacing("?", with: "$"), Int32(types.count), types))
    prepared[sql] = name
    return name
  }

  /// - Throws: `StorageError` by the result's SQLSTATE.
  private func check(_ handle: OpaquePointer?) throws -> PostgresResult {
    guard let handle else { throw lost() }
    let result = PostgresResult(handle: handle)
    switch PQresultStatus(handle) {
    case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_COPY_IN: return result
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
    case "57014": .timeout
    // 25006: the server was the primary and no longer is; 25P03: it gave up on us; 53: it has no
    // room, memory or connections left.
    case "25006", "25P03": .unavailable(message)
    case _
    where ["08", "57P", "53", "58"].contains { state.hasPrefix($0) } || state.isEmpty:
      .unavailable(message)
    default: .statement("\(state) \(message)")
    }
  }
}

extension String {
  var trimmedLine: String {
    var text = self
    while text.last?.isNewline == true { text.removeLast() }
    return text
  }
}

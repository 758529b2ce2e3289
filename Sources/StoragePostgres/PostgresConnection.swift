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
  private var pendingBegin: String?

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
    // Without the detail, which quotes values: errors are logged.
    PQsetErrorVerbosity(handle, PQERRORS_TERSE)
    let milliseconds = statementTimeout / .milliseconds(1)
    // A server of ours that lost its power must not hold a lock for hours. What is acknowledged is on
    // disk, whatever the server's default is.
    try runScript(
      """
      set client_encoding = 'UTF8';
      set statement_timeout = \(Int(milliseconds));
      set idle_in_transaction_session_timeout = '15s';
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
    _ = try executeOnce("declare \(name) no scroll cursor for \(sql)", arguments)
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
    try beginNow()
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
    endOfResult()
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
    try beginNow()
    _ = try check(PQexec(handle, sql))
  }

  // MARK: Transactions

  /// A transaction begins with its first statement, in the same round trip.
  func begin(_ sql: String) {
    pendingBegin = sql
  }

  /// Whether the server has heard of the transaction.
  var hasBegun: Bool { pendingBegin == nil }

  private func beginNow() throws {
    guard let begin = pendingBegin else { return }
    _ = try check(PQexec(handle, begin))
    pendingBegin = nil
  }

  /// - Throws: `StorageError.statement` where a statement failed before and its error was swallowed:
  ///   PostgreSQL then answers a commit by rolling back.
  func commit() throws {
    if !hasBegun {
      pendingBegin = nil
      return
    }
    let result = try check(PQexec(handle, "commit"))
    guard String(cString: PQcmdStatus(result.handle)) == "COMMIT" else {
      throw StorageError.statement("the transaction had failed before its commit")
    }
  }

  func rollback() throws {
    if !hasBegun {
      pendingBegin = nil
      return
    }
    _ = try check(PQexec(handle, "rollback"))
  }

  // MARK: Statements

  private func execute(
    _ sql: String, _ arguments: [any SQLConvertible]
  ) throws -> PostgresResult {
    let values = BoundValues(arguments)
    let name = try prepare(sql, values.types)
    return try values.withPointers { pointers in
      let count = Int32(values.types.count)
      guard let begin = pendingBegin else {
        return try check(
          PQexecPrepared(handle, name, count, pointers, values.lengths, values.formats, 1))
      }
      return try pipelined(begin) {
        PQsendQueryPrepared(handle, name, count, pointers, values.lengths, values.formats, 1)
      }
    }
  }

  /// Runs a statement that is not to be kept.
  private func executeOnce(
    _ sql: String, _ arguments: [any SQLConvertible]
  ) throws -> PostgresResult {
    try beginNow()
    let values = BoundValues(arguments)
    return try values.withPointers { pointers in
      try check(
        PQexecParams(
          handle, sql.replacing("?", with: "$"), Int32(values.types.count), values.types, pointers,
          values.lengths, values.formats, 1))
    }
  }

  /// Begins the transaction and runs its first statement in one round trip.
  private func pipelined(_ begin: String, _ send: () -> Int32) throws -> PostgresResult {
    guard PQenterPipelineMode(handle) == 1 else { throw lost() }
    guard PQsendQueryParams(handle, begin, 0, nil, nil, nil, nil, 0) == 1, send() == 1,
      PQpipelineSync(handle) == 1
    else { throw lost() }
    let began = Result { try check(PQgetResult(handle)) }
    endOfResult()
    let result = Result { try check(PQgetResult(handle)) }
    endOfResult()
    if let sync = PQgetResult(handle) { PQclear(sync) }
    PQexitPipelineMode(handle)
    _ = try began.get()
    pendingBegin = nil
    return try result.get()
  }

  /// Takes the null that ends a statement's results.
  private func endOfResult() {
    while let rest = PQgetResult(handle) { PQclear(rest) }
  }

  private func prepare(_ sql: String, _ types: [Oid]) throws -> String {
    if let name = prepared[sql] { return name }
    if prepared.count == Self.maximumPrepared {
      _ = try check(PQexec(handle, "deallocate all"))
      prepared.removeAll()
    }
    let name = "s\(prepared.count)"
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
    case "53100": .diskFull(message)
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

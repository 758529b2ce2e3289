import Cryptography
import Storage
import Synchronization

/// The shared engine: several servers may use one database.
package final class PostgresDatabase: Database {
  package let dialect = Dialect.postgres
  private let url: String
  private let primary: PostgresPool
  private let replica: PostgresPool?
  private let chosenSuite = Mutex(CipherSuite.international)

  package var suite: CipherSuite { chosenSuite.withLock { $0 } }
  package func use(_ suite: CipherSuite) { chosenSuite.withLock { $0 = suite } }

  /// - Parameters:
  ///   - url: `postgres://user:password@host:port/database?options`, as libpq reads it; with several
  ///     hosts, the one that may be written to is found.
  ///   - replica: where reads that may lag behind go.
  ///   - connections: how many may be in use at once, to each of the two.
  ///   - statementTimeout: how long one statement may run.
  /// - Throws: `StorageError.unavailable` where no connection can be made.
  package init(
    url: String, replica: String? = nil, connections: Int = 8,
    statementTimeout: Duration = .seconds(15)
  ) throws {
    self.url = url
    primary = PostgresPool(url: url, isPrimary: true, connections, statementTimeout)
    try primary.connect()
    self.replica = replica.map { PostgresPool(url: $0, isPrimary: false, 4, statementTimeout) }
  }

  package func read<T: Sendable>(
    from source: ReadSource, _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T {
    let begin = "begin isolation level repeatable read, read only"
    if source == .replica, let replica {
      do {
        return try await replica.transaction(begin, suite, body)
      } catch StorageError.unavailable {
        // The primary knows at least as much.
      }
    }
    return try await primary.transaction(begin, suite, body)
  }

  package func write<T: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T {
    try await primary.transaction("begin isolation level repeatable read", suite, body)
  }

  package func write<T: Sendable>(
    exclusively work: ExclusiveWork, _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T {
    // Read committed: a snapshot of the whole transaction would be taken before the wait for the
    // lock, and miss what the one before it did.
    try await primary.transaction("begin isolation level read committed", suite) { connection in
      // A server that hangs must not keep the lock: the others wait for it. An import, or a pairing that
      // is held against the rules, thinks longer between its statements, and they are larger.
      let isLong = work == .organising || work == .adoptingPairing
      try connection.run(
        "set local idle_in_transaction_session_timeout = '\(isLong ? 300 : 5)s'")
      if isLong { try connection.run("set local statement_timeout = '300s'") }
      // For each schema: several instances may share a database.
      try connection.forEach(
        "select 1 from pg_advisory_xact_lock(?1::bigint::int, hashtext(current_schema()))",
        [work.rawValue]
      ) { _ in }
      return try body(connection)
    }
  }

  /// By pg_dump, which reads one snapshot.
  package func backUp(to file: String, emptied table: String) async throws {
    let schema = try await read { try $0.row("select current_schema()") { try $0.text(0) }! }
    try await PostgresTool.run(
      "pg_dump", url,
      [
        "--format=custom", "--no-owner", "--no-privileges", "--table=\(schema).*",
        "--exclude-table-data=\(schema).\(table)", "--file=\(file)",
      ])
  }

  /// The old rows are on pages until the table is written anew; its log is the operator's.
  package func purge(_ table: String) async throws {
    try await primary.alone { connection in
      // Others queue behind a lock that is waited for: it is not waited for long.
      try connection.runScript("set lock_timeout = '1s'")
      try Retry.run { try connection.runScript("vacuum full \(table)") }
    }
  }

  package var load: DatabaseLoad { primary.load }

  package func close() async {
    await primary.close()
    await replica?.close()
  }
}

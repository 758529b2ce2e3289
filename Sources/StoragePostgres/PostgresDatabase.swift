import Storage
import Synchronization

/// The shared engine: several servers may use one database.
package final class PostgresDatabase: Database {
  package let dialect = Dialect.postgres
  private let url: String
  private let threads: OwnedThreads
  /// Connections nobody is using. There are never more in use than threads.
  private let idle = Mutex<[PostgresConnection]>([])

  /// - Parameter url: `postgres://user:password@host:port/database?options`, as libpq reads it.
  /// - Throws: `StorageError.unavailable` where no connection can be made.
  package init(url: String, connections: Int = 8) throws {
    self.url = url
    threads = OwnedThreads(count: connections)
    let first = try PostgresConnection(url: url)
    idle.withLock { $0.append(first) }
  }

  package func read<T: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T {
    try await transaction("begin isolation level repeatable read, read only", body)
  }

  package func write<T: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T {
    try await transaction("begin isolation level repeatable read", body)
  }

  package func write<T: Sendable>(
    exclusively work: ExclusiveWork, _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T {
    // Read committed: a snapshot of the whole transaction would be taken before the wait for the
    // lock, and miss what the one before it did.
    try await transaction(
      "begin isolation level read committed; select pg_advisory_xact_lock(\(work.rawValue))", body)
  }

  private func transaction<T: Sendable>(
    _ begin: String, _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T {
    try await threads.run { [self] in
      try Retry.run {
        let connection = try begun(begin)
        do {
          let result = try body(connection)
          try connection.commit()
          give(back: connection)
          return result
        } catch {
          // A connection that cannot even roll back is thrown away, which ends its transaction.
          if (try? connection.runScript("rollback")) != nil { give(back: connection) }
          throw error
        }
      }
    }
  }

  /// A connection in a new transaction. One that lay idle may have been ended by the server
  /// meanwhile: nothing has run then, so another is taken.
  private func begun(_ begin: String) throws -> PostgresConnection {
    while let connection = idle.withLock({ $0.popLast() }) {
      do {
        try connection.runScript(begin)
        return connection
      } catch StorageError.unavailable {
        continue
      }
    }
    let connection = try PostgresConnection(url: url)
    try connection.runScript(begin)
    return connection
  }

  private func give(back connection: PostgresConnection) {
    idle.withLock { $0.append(connection) }
  }

  package func close() async {
    await threads.close()
    idle.withLock { $0.removeAll() }
  }
}

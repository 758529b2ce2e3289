import Cryptography
import Storage
import Synchronization

/// Connections to one server, or to whichever of several hosts is the primary, each used by one
/// transaction at a time.
final class PostgresPool: Sendable {
  private let url: String
  private let isPrimary: Bool
  private let statementTimeout: Duration
  private let threads: OwnedThreads
  /// Connections nobody is using. There are never more in use than threads.
  private let idle = Mutex<[PostgresConnection]>([])

  init(url: String, isPrimary: Bool, _ connections: Int, _ statementTimeout: Duration) {
    self.url = url
    self.isPrimary = isPrimary
    self.statementTimeout = statementTimeout
    threads = OwnedThreads(count: connections)
  }

  /// Makes the first connection, on the caller's thread.
  /// - Throws: `StorageError.unavailable`
  func connect() throws {
    give(back: try connection())
  }

  /// - Parameter begin: the statement that begins the transaction.
  func transaction<T: Sendable>(
    _ begin: String, _ suite: CipherSuite,
    _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T {
    try await threads.run { [self] in
      try Retry.run {
        while true {
          do {
            return try transaction(on: try taken(), begin, suite, body)
          } catch is Stale {
            // Nothing has run: another is taken.
          }
        }
      }
    }
  }

  /// A connection that lay idle was ended by the server meanwhile.
  private struct Stale: Error {}

  private func transaction<T>(
    on taken: (connection: PostgresConnection, isNew: Bool), _ begin: String,
    _ suite: CipherSuite, _ body: (any Connection) throws -> T
  ) throws -> T {
    let connection = taken.connection
    connection.suite = suite
    connection.begin(begin)
    do {
      let result = try body(connection)
      try connection.commit()
      give(back: connection)
      return result
    } catch {
      let isLost = if case StorageError.unavailable = error { true } else { false }
      if isLost, !taken.isNew, !connection.hasBegun { throw Stale() }
      // A connection that cannot even roll back, or whose server is no longer the primary, is thrown
      // away, which ends its transaction.
      if !isLost, (try? connection.rollback()) != nil { give(back: connection) }
      throw error
    }
  }

  private func taken() throws -> (connection: PostgresConnection, isNew: Bool) {
    if let connection = idle.withLock({ $0.popLast() }) { return (connection, false) }
    return (try connection(), true)
  }

  /// Runs a closure outside of any transaction, as some commands must be, on a connection of its own.
  func alone<T: Sendable>(
    _ body: @escaping @Sendable (PostgresConnection) throws -> T
  ) async throws -> T {
    try await threads.run { [self] in try body(try connection()) }
  }

  private func connection() throws -> PostgresConnection {
    try PostgresConnection(url: url, isPrimary: isPrimary, statementTimeout: statementTimeout)
  }

  private func give(back connection: PostgresConnection) {
    idle.withLock { $0.append(connection) }
  }

  var load: DatabaseLoad { threads.load }

  func close() async {
    await threads.close()
    idle.withLock { $0.removeAll() }
  }
}

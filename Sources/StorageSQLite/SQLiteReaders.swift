import GRDB
import Synchronization

/// Connections that only read, one for each thread that reads: a thread takes one, without waiting, and gives it
/// back. GRDB's own pool hands its connections out through three dispatch queues, which costs more than most of
/// what is asked.
final class SQLiteReaders: Sendable {
  /// One connection, with what a transaction on it needs.
  private final class Reader: @unchecked Sendable {
    let queue: DatabaseQueue
    let deadline: StatementLimits.Deadline

    init(_ queue: DatabaseQueue, _ limits: StatementLimits) {
      self.queue = queue
      deadline = queue.unsafeRead { limits.deadline(of: $0) }
    }
  }

  private let path: String
  private let configuration: Configuration
  private let limits: StatementLimits
  private let idle = Mutex<[Reader]>([])

  /// - Parameter configuration: of the writer, whose limits watch these connections too.
  init(path: String, _ configuration: Configuration, _ limits: StatementLimits) {
    var configuration = configuration
    configuration.readonly = true
    self.path = path
    self.configuration = configuration
    self.limits = limits
  }

  /// Runs a closure on a snapshot.
  /// - Throws: what the closure throws, or `DatabaseError`.
  func read<T>(
    _ body: (GRDB.Database, StatementLimits.Deadline) throws -> T
  ) throws -> T {
    let reader = try idle.withLock { $0.popLast() } ?? open()
    defer { idle.withLock { $0.append(reader) } }
    return try reader.queue.unsafeRead { database in
      try database.cachedStatement(sql: "begin").execute()
      // It has read only: that its end fails changes nothing of what it read.
      defer { try? database.cachedStatement(sql: "commit").execute() }
      return try body(database, reader.deadline)
    }
  }

  /// Nobody reads any more.
  func close() {
    let closing = idle.withLock { idle in
      defer { idle = [] }
      return idle
    }
    for reader in closing { try? reader.queue.close() }
  }

  private func open() throws -> Reader {
    Reader(try DatabaseQueue(path: path, configuration: configuration), limits)
  }
}

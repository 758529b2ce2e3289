import Cryptography
import Domain
import Foundation
import Storage

/// A database whose use cases all take part in one transaction of another: what many people did one after the
/// other is written as fast as an import. For filling an empty database only: a use case that throws after it
/// has written leaves what it wrote to the whole.
///
/// The connection belongs to the thread that runs the transaction, and that thread runs the use cases too:
/// they wait for nothing else.
final class OneTransaction: Database, @unchecked Sendable {
  private let base: any Database
  private let connection: any Connection

  private init(_ base: any Database, _ connection: any Connection) {
    (self.base, self.connection) = (base, connection)
  }

  /// - Throws: what the body throws; then nothing has happened.
  static func run(
    on base: any Database, _ body: @escaping @Sendable (OneTransaction) async throws -> Void
  ) async throws {
    try await base.write { connection in
      func hold(isFilling: Bool) throws {
        if let memory = base.dialect.memory(isFilling: isFilling) {
          try connection.runScript(memory)
        }
      }
      try hold(isFilling: true)
      defer { try? hold(isFilling: false) }
      let thread = ThisThread()
      let database = OneTransaction(base, connection)
      Task(executorPreference: thread) {
        do {
          try await body(database)
          thread.end(nil)
        } catch {
          thread.end(error)
        }
      }
      try thread.run()
    }
  }

  var dialect: Dialect { base.dialect }
  var suite: CipherSuite { base.suite }
  func use(_ suite: CipherSuite) { base.use(suite) }

  func read<T: Sendable>(
    from source: ReadSource, _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T { try body(connection) }

  func write<T: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T { try body(connection) }

  func write<T: Sendable>(
    exclusively work: ExclusiveWork, _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T { try body(connection) }

  func backUp(to file: String, emptied table: String) async throws {
    try await base.backUp(to: file, emptied: table)
  }

  func purge(_ table: String) async throws {}
  var load: DatabaseLoad { base.load }
  func close() async {}
}

/// Runs a task's parts on the thread that waits for it.
private final class ThisThread: TaskExecutor, @unchecked Sendable {
  // All guarded by the condition.
  private var jobs: [UnownedJob] = []
  private var end: Result<Void, any Error>?
  private let condition = NSCondition()

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    condition.withLock {
      jobs.append(job)
      condition.signal()
    }
  }

  func end(_ failure: (any Error)?) {
    condition.withLock {
      end = failure.map { .failure($0) } ?? .success(())
      condition.signal()
    }
  }

  /// Returns when the task has ended.
  func run() throws {
    while let job = next() { job.runSynchronously(on: asUnownedTaskExecutor()) }
    try condition.withLock { try end!.get() }
  }

  private func next() -> UnownedJob? {
    condition.withLock {
      while jobs.isEmpty && end == nil { condition.wait() }
      return jobs.isEmpty ? nil : jobs.removeFirst()
    }
  }
}

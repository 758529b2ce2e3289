import GRDB
import Storage
import Synchronization

/// The one writer: takes all transactions that wait and commits them together, each in a savepoint of
/// its own. What costs is the wait for the disk, and they share it. Nobody is told that something is
/// done before the commit that holds it is on disk.
final class GroupCommit: Sendable {
  private let pool: DatabasePool
  private let thread = OwnedThreads(count: 1, longestQueue: .max, patience: .seconds(86_400))
  private let waiting = Mutex<[any WriteJob]>([])

  /// More than this in a group would keep the first of them waiting.
  private static let largestGroup = 64
  private static let longestQueue = 2000
  private static let patience = Duration.seconds(10)

  init(_ pool: DatabasePool) { self.pool = pool }

  /// Runs a closure in a transaction that is on disk when this returns.
  /// - Throws: `StorageError`, or what the closure throws.
  func write<T: Sendable>(
    _ body: @escaping @Sendable (GRDB.Database) throws -> T
  ) async throws -> T {
    let job = TypedJob(deadline: .now + Self.patience, body)
    let hasRoom = waiting.withLock { waiting in
      guard waiting.count < Self.longestQueue else { return false }
      waiting.append(job)
      return true
    }
    guard hasRoom else { throw StorageError.contention }
    do {
      return try await thread.run { [self] in
        // An earlier turn of the thread may have done it along with its own.
        while job.result == nil { commitWaiting() }
        return try job.result!.get()
      }
    } catch is CancellationError {
      // Whoever asked has gone, and is told that it failed.
      job.abandon()
      throw CancellationError()
    }
  }

  /// Runs work on the writer's thread, between two groups.
  func alone(_ body: @escaping @Sendable (DatabasePool) throws -> Void) async throws {
    try await thread.run { [pool] in try translated { try body(pool) } }
  }

  var load: DatabaseLoad { thread.load }

  func close() async { await thread.close() }

  private func commitWaiting() {
    let taken = waiting.withLock { waiting in
      defer { waiting.removeFirst(min(waiting.count, Self.largestGroup)) }
      return Array(waiting.prefix(Self.largestGroup))
    }
    let now = ContinuousClock.now
    let jobs = taken.filter { job in
      if job.isAbandoned {
        job.fail(CancellationError())
        return false
      }
      if job.deadline < now { job.fail(StorageError.timeout) }
      return job.deadline >= now
    }
    if jobs.count > 1, commitTogether(jobs) { return }
    for job in jobs { commitAlone(job) }
  }

  private func commitAlone(_ job: any WriteJob) {
    do {
      guard ContinuousClock.now < job.deadline else { throw StorageError.timeout }
      try Retry.run(until: job.deadline) { try translated { try pool.write { try job.run($0) } } }
    } catch {
      job.fail(error)
    }
  }

  /// - Returns: false where the group failed as a whole: nothing of it has happened.
  private func commitTogether(_ jobs: [any WriteJob]) -> Bool {
    do {
      try pool.writeWithoutTransaction { database in
        try database.runCached("begin immediate")
        do {
          for job in jobs { try run(job, in: database) }
          try database.runCached("commit")
        } catch {
          if database.isInsideTransaction { try? database.runCached("rollback") }
          throw error
        }
      }
    } catch {
      return false
    }
    for job in jobs where job.mayRetry { commitAlone(job) }
    return true
  }

  /// Runs one of a group; its failure is its own, unless the engine gave up the whole transaction.
  private func run(_ job: any WriteJob, in database: GRDB.Database) throws {
    try database.runCached("savepoint job")
    do {
      try translated { try job.run(database) }
      try database.runCached("release job")
    } catch {
      guard database.isInsideTransaction else { throw error }
      try database.runCached("rollback to job")
      try database.runCached("release job")
      job.fail(error)
    }
  }
}

extension GRDB.Database {
  fileprivate func runCached(_ sql: String) throws {
    try cachedStatement(sql: sql).execute()
  }
}

/// A transaction that waits for its turn. All but its making happens on the writer's thread.
private protocol WriteJob: Sendable {
  var deadline: ContinuousClock.Instant { get }
  /// Whether it failed in a way that another try may mend.
  var mayRetry: Bool { get }
  var isAbandoned: Bool { get }
  func run(_ database: GRDB.Database) throws
  func fail(_ error: any Error)
}

private final class TypedJob<T: Sendable>: WriteJob, @unchecked Sendable {
  let deadline: ContinuousClock.Instant
  private let body: @Sendable (GRDB.Database) throws -> T
  private(set) var result: Result<T, any Error>?
  private let abandoned = Atomic(false)

  init(
    deadline: ContinuousClock.Instant, _ body: @escaping @Sendable (GRDB.Database) throws -> T
  ) {
    self.deadline = deadline
    self.body = body
  }

  var mayRetry: Bool {
    if case .failure(let error as StorageError) = result { error.mayRetry } else { false }
  }

  var isAbandoned: Bool { abandoned.load(ordering: .relaxed) }
  func abandon() { abandoned.store(true, ordering: .relaxed) }
  func run(_ database: GRDB.Database) throws { result = .success(try body(database)) }
  func fail(_ error: any Error) { result = .failure(error) }
}

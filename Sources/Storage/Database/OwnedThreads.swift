import NIOPosix
import Synchronization

/// Threads of our own, for calls that block: databases and password hashing, and nothing else.
package final class OwnedThreads: Sendable {
  private let pool: NIOThreadPool
  private let count: Int
  private let longestQueue: Int
  private let patience: ContinuousClock.Duration
  private let state = Mutex((asked: 0, running: 0))

  /// - Parameters:
  ///   - longestQueue: how much work may wait; more is refused at once.
  ///   - patience: how long work may wait for a thread. Who asked has gone by then, and work that
  ///     nobody waits for must not keep others waiting.
  package init(
    count: Int, longestQueue: Int = 2000, patience: ContinuousClock.Duration = .seconds(10)
  ) {
    self.count = count
    self.longestQueue = longestQueue
    self.patience = patience
    pool = NIOThreadPool(numberOfThreads: count)
    pool.start()
  }

  /// - Throws: `StorageError.contention` where too much waits, `.timeout` where the wait was too
  ///   long; or what the closure throws.
  package func run<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
    let hasRoom = state.withLock { state in
      guard state.asked - state.running < longestQueue else { return false }
      state.asked += 1
      return true
    }
    guard hasRoom else { throw StorageError.contention }
    defer { state.withLock { $0.asked -= 1 } }
    let deadline = ContinuousClock.now + patience
    return try await pool.runIfActive { [self] in
      guard ContinuousClock.now < deadline else { throw StorageError.timeout }
      state.withLock { $0.running += 1 }
      defer { state.withLock { $0.running -= 1 } }
      return try body()
    }
  }

  package var load: DatabaseLoad {
    let (asked, running) = state.withLock { $0 }
    return DatabaseLoad(threads: count, running: running, waiting: asked - running)
  }

  package func close() async {
    try? await pool.shutdownGracefully()
  }
}

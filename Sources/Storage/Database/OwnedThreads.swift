import NIOPosix

/// Threads of our own, for calls that block: databases and password hashing, and nothing else.
package struct OwnedThreads: Sendable {
  private let pool: NIOThreadPool

  package init(count: Int) {
    pool = NIOThreadPool(numberOfThreads: count)
    pool.start()
  }

  package func run<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
    try await pool.runIfActive(body)
  }

  package func close() async {
    try? await pool.shutdownGracefully()
  }
}

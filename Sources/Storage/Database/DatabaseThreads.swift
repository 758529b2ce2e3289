import Foundation
import NIOPosix

/// The threads a database owns; blocking calls happen here and nowhere else.
package struct DatabaseThreads: Sendable {
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

  /// How often a transaction is tried before it is given up as `contention`.
  private static let attempts = 10

  /// Runs a transaction again after a serialisation failure, with growing random waits so that
  /// rivals do not meet again. Blocks its thread: only to be called on one of a pool.
  package static func retrying<T>(_ transaction: () throws -> T) throws -> T {
    for attempt in 1..<attempts {
      do {
        return try transaction()
      } catch let error as StorageError where error.mayRetry {
        Thread.sleep(forTimeInterval: .random(in: 0.001...0.001 * Double(1 << attempt)))
      }
    }
    return try transaction()
  }
}

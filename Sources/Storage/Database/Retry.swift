import Foundation

/// Second tries of whole transactions.
package enum Retry {
  /// How often a transaction is tried before it is given up as `contention`.
  private static let attempts = 10

  /// Runs a transaction again after a serialisation failure, with growing random waits so that
  /// rivals do not meet again. Blocks its thread: only to be called on one of a pool.
  /// - Parameter deadline: when nobody waits for the result any more.
  package static func run<T>(
    until deadline: ContinuousClock.Instant? = nil, _ transaction: () throws -> T
  ) throws -> T {
    for attempt in 1..<attempts {
      do {
        return try transaction()
      } catch let error as StorageError where error.mayRetry {
        if let deadline, ContinuousClock.now > deadline { throw StorageError.timeout }
        Thread.sleep(forTimeInterval: .random(in: 0.001...0.001 * Double(1 << attempt)))
      }
    }
    return try transaction()
  }
}

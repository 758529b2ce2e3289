import Cryptography
import Storage
import Synchronization

/// Password hashing is slow on purpose: it has one thread of its own, so that a burst of sign-ins
/// stops neither the pages nor the database, and a queue with an end.
final class PasswordThreads: Sendable {
  static let shared = PasswordThreads()

  private let threads = OwnedThreads(count: 1)
  private let waiting = Mutex(0)

  /// About three seconds of work.
  private static let longestQueue = 64

  /// - Throws: `StorageError.contention` where too many wait already.
  func hash(_ password: String) async throws -> PasswordHash {
    try await run { PasswordHash.make(password) }
  }

  /// Takes equally long whether there is an account or not.
  /// - Throws: `StorageError.contention` where too many wait already.
  func check(_ password: String, against hash: PasswordHash?) async throws -> Bool {
    try await run {
      guard let hash else {
        PasswordHash.spendTime(on: password)
        return false
      }
      return hash.matches(password)
    }
  }

  private func run<T: Sendable>(_ work: @escaping @Sendable () -> T) async throws -> T {
    let hasRoom = waiting.withLock { waiting in
      guard waiting < Self.longestQueue else { return false }
      waiting += 1
      return true
    }
    guard hasRoom else { throw StorageError.contention }
    defer { waiting.withLock { $0 -= 1 } }
    return try await threads.run(work)
  }
}

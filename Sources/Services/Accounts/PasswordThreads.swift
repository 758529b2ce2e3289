import Cryptography
import Storage

/// Password hashing is slow on purpose: it has one thread of its own, so that a burst of sign-ins
/// stops neither the pages nor the database, and a queue with an end.
enum PasswordThreads {
  /// The queue is about three seconds of work.
  private static let threads = OwnedThreads(count: 1, longestQueue: 64)

  /// - Throws: `StorageError.contention` where too many wait already.
  static func hash(_ password: String) async throws -> PasswordHash {
    try await threads.run { PasswordHash.make(password) }
  }

  /// Takes equally long whether there is an account or not.
  /// - Throws: `StorageError.contention` where too many wait already.
  static func check(_ password: String, against hash: PasswordHash?) async throws -> Bool {
    try await threads.run {
      guard let hash else {
        PasswordHash.spendTime(on: password)
        return false
      }
      return hash.matches(password)
    }
  }
}

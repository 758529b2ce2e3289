import Cryptography
import Storage

/// Password hashing is slow on purpose: it has one thread of its own, so that a burst of sign-ins
/// neither stops the pages nor the database.
struct PasswordThreads: Sendable {
  static let shared = PasswordThreads()

  private let threads = DatabaseThreads(count: 1)

  func hash(_ password: String) async -> PasswordHash {
    // The pool is never shut down, which is the only error it knows.
    try! await threads.run { PasswordHash.make(password) }
  }

  /// Takes equally long whether there is an account or not.
  func check(_ password: String, against hash: PasswordHash?) async -> Bool {
    let result = try? await threads.run {
      guard let hash else {
        PasswordHash.spendTime(on: password)
        return false
      }
      return hash.matches(password)
    }
    return result ?? false
  }
}

import Domain
import Storage

/// Lets a message that was given up be tried again.
package struct RetryMessage: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Throws: `UseCaseError.notFound` where no such message was given up.
  package func callAsFunction(_ id: MessageID) async throws {
    let now = platform.now()
    let isThere = try await platform.database.write {
      try MessageRows.retry(id, now: now, in: $0)
    }
    guard isThere else { throw UseCaseError.notFound }
  }
}

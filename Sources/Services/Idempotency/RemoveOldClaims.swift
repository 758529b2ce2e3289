import Domain
import Storage

/// Forgets what programs asked for a day ago.
package struct RemoveOldClaims: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  private static let batch = 1000

  package func callAsFunction() async throws {
    let before = platform.now() + -DoOnce.remembered
    while try await platform.database.write({
      try ClaimRows.removeOld(before: before, limit: Self.batch, in: $0)
    }) == Self.batch {}
  }
}

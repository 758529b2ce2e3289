import Cryptography
import Domain
import Storage

/// Does what a program asks for once, however often it asks under the same key: the key is taken in the very
/// transaction that does it, so that there is no moment in which one is there without the other.
package struct DoOnce: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// Seconds for which a key is remembered.
  package static let remembered: Int64 = 86_400

  package enum Refusal: Error, Sendable {
    /// Another request came under the key.
    case keyUsed
    /// It was done, or is being done, and its answer is not known.
    case underWay
  }

  /// - Parameters:
  ///   - body: works on the platform it is given; its answer is kept where it succeeds.
  /// - Returns: the answer, and whether it is one from before.
  /// - Throws: `Refusal`, what the body throws
  package func callAsFunction(
    _ claim: ClaimRows.Claim,
    _ body: (Platform) async throws -> ClaimRows.Answer
  ) async throws -> (answer: ClaimRows.Answer, isOld: Bool) {
    let vault = platform.vault
    if let old = try await known(claim) { return (old, true) }
    let database = ClaimingDatabase(platform.database, claim, now: platform.now())
    do {
      let answer = try await body(platform.working(on: database))
      try await database.write { try ClaimRows.settle(claim, answer, vault, in: $0) }
      return (answer, false)
    } catch is ClaimingDatabase.Taken {
      // The same request on another line was first.
      guard let old = try await known(claim) else { throw Refusal.underWay }
      return (old, true)
    }
  }

  private func known(_ claim: ClaimRows.Claim) async throws -> ClaimRows.Answer? {
    let vault = platform.vault
    guard
      let stored = try await platform.database.read({
        try ClaimRows.find(claim, vault, in: $0)
      })
    else { return nil }
    guard stored.isSame else { throw Refusal.keyUsed }
    guard let answer = stored.answer else { throw Refusal.underWay }
    return answer
  }
}

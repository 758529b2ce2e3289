import Cryptography
import Domain
import Storage
import Synchronization

/// Tokens that were looked up a moment ago, so that a request costs no look-up. What ends a token on this
/// server empties it; what another server ends holds when the moment is over.
final class TokenCache: Sendable {
  /// Milliseconds.
  static let freshness: Int64 = 2000
  static let limit = 10_000

  private struct Kept {
    let held: TokenRows.Held
    let at: Instant

    func isFresh(_ now: Instant) -> Bool {
      (0..<TokenCache.freshness).contains(now.milliseconds - at.milliseconds)
    }
  }

  private struct State {
    var kept: [Digest: Kept] = [:]
    /// Rises when all is forgotten: what was read before then is not kept afterwards.
    var generation = 0
    /// When it was last tried to write down that a token is in use.
    var noted: [Int64: Instant] = [:]
  }

  private let state = Mutex(State())

  var generation: Int { state.withLock { $0.generation } }
  var count: Int { state.withLock { $0.kept.count } }

  func held(by hash: Digest, now: Instant) -> TokenRows.Held? {
    state.withLock { state in
      guard let kept = state.kept[hash], kept.isFresh(now), kept.held.expiresAt > now else {
        return nil
      }
      return kept.held
    }
  }

  /// - Parameter generation: of before it was read.
  func keep(_ held: TokenRows.Held, for hash: Digest, generation: Int, now: Instant) {
    state.withLock { state in
      guard state.generation == generation else { return }
      if state.kept.count >= Self.limit {
        state.kept = state.kept.filter { $0.value.isFresh(now) }
        if state.kept.count >= Self.limit { state.kept = [:] }
      }
      state.kept[hash] = Kept(held: held, at: now)
    }
  }

  /// Whether it is to be written down now that a token is in use: true once in a while, however that ends.
  func notes(_ held: TokenRows.Held, every seconds: Int64, now: Instant) -> Bool {
    state.withLock { state in
      let token = held.grant.token
      let last = [held.lastUsedAt, state.noted[token]].compactMap { $0 }.max()
      if let last, now - last < seconds { return false }
      if state.noted.count >= Self.limit {
        state.noted = state.noted.filter { now - $0.value < seconds }
        if state.noted.count >= Self.limit { state.noted = [:] }
      }
      state.noted[token] = now
      return true
    }
  }

  /// A token or an account's seat ended.
  func forgetAll() {
    state.withLock { state in
      state.generation += 1
      state.kept = [:]
    }
  }
}

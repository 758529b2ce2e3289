import Domain
import HTTPTypes
import Synchronization

/// How often an account's programs may ask, on this server: a bucket that fills evenly.
package final class RateLimits: Sendable {
  /// Requests a minute, which is also how many may come at once.
  package let perMinute: Int

  private let start = ContinuousClock.now

  package init(perMinute: Int) { self.perMinute = perMinute }

  /// What is left, for the headers.
  package struct Standing: Sendable {
    package let limit: Int
    package let left: Int
    /// Seconds until it is full again, or, where nothing is left, until one is.
    package let reset: Int
    package let isOver: Bool
  }

  private struct Bucket {
    /// In thousandths of a request.
    var left: Int64
    var at: Int64
  }

  private static let most = 50_000
  private let buckets = Mutex<[AccountID: Bucket]>([:])

  func take(_ account: AccountID) -> Standing {
    take(account, at: Int64((ContinuousClock.now - start) / .milliseconds(1)))
  }

  /// - Parameter milliseconds: of a clock that never goes back.
  package func take(_ account: AccountID, at milliseconds: Int64) -> Standing {
    let full = Int64(perMinute) * 1000
    return buckets.withLock { buckets in
      var bucket = buckets[account] ?? Bucket(left: full, at: milliseconds)
      // A thousandth of a request a millisecond for sixty a minute.
      let gained = (milliseconds - bucket.at) * Int64(perMinute) / 60
      bucket = Bucket(left: min(full, bucket.left + max(0, gained)), at: milliseconds)
      let isOver = bucket.left < 1000
      if !isOver { bucket.left -= 1000 }
      if buckets.count >= Self.most { buckets.removeAll() }
      buckets[account] = bucket
      let missing = isOver ? 1000 - bucket.left : full - bucket.left
      let seconds = (missing * 60 + full - 1) / full
      return Standing(
        limit: perMinute, left: Int(bucket.left / 1000), reset: Int(seconds), isOver: isOver)
    }
  }
}

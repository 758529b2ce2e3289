import Domain
import Synchronization

/// Makes 64-bit ids in the order of time: 42 bits of milliseconds since 2020, then 21 bits that
/// start at random in each millisecond and count up, so that several servers rarely meet and the
/// primary key catches it when they do.
package final class Identifiers: Sendable {
  package static let shared = Identifiers()

  private static let epoch: Int64 = 1_577_836_800_000
  private let last = Mutex<Int64>(0)

  /// When an id was made, or a little earlier where many were made at once.
  package static func instant(of id: Int64) -> Instant {
    Instant(milliseconds: (id >> 21) + epoch)
  }

  /// No id that is made from an instant on is less.
  package static func from(_ instant: Instant) -> Int64 {
    (instant.milliseconds - epoch) << 21
  }

  /// What is made from now on is greater than this.
  func pass(_ id: Int64) {
    last.withLock { $0 = max($0, id) }
  }

  /// An id of an instant, for what is written of the past in no order; the salt tells apart what happens within
  /// a millisecond.
  static func at(_ instant: Instant, salt: Int64) -> Int64 {
    (instant.milliseconds - epoch) << 21 | salt & (1 << 20 - 1)
  }

  /// A new id, greater than all this process made before.
  package func next(_ now: Instant) -> Int64 {
    let base = (now.milliseconds - Identifiers.epoch) << 21 | Int64.random(in: 0..<(1 << 20))
    return last.withLock { last in
      last = base > last + 1 ? base : last + 1
      return last
    }
  }
}

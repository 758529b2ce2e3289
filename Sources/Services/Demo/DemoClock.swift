import Domain
import Synchronization

/// The clock of a demo city, which its story moves.
final class DemoClock: Sendable {
  private let value: Mutex<Instant>

  init(_ start: Instant) { value = Mutex(start) }

  var now: Instant { value.withLock { $0 } }
  /// Never back.
  func move(to instant: Instant) { value.withLock { $0 = max($0, instant) } }
}

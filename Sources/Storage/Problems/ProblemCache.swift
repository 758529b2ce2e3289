import Domain
import Synchronization

/// Problems as they were read last, so that their entries are not decoded again with each step. Entries
/// never change and their ids are never given twice: whoever still finds the last one at its place in
/// the stream, in the same transaction, may go on from there.
final class ProblemCache: Sendable {
  static let shared = ProblemCache()

  /// A few megabytes.
  private static let capacity = 1000
  private let known = Mutex<[ProblemID: ProblemHistory]>([:])

  subscript(id: ProblemID) -> ProblemHistory? {
    get { known.withLock { $0[id] } }
    set {
      known.withLock { known in
        // Rarely, and cheaper than to keep account of who was asked for last.
        if known.count >= ProblemCache.capacity, known[id] == nil { known.removeAll() }
        known[id] = newValue
      }
    }
  }
}

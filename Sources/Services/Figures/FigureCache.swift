import Domain
import Storage
import Synchronization

/// Figures that were computed before. A figure is the same as long as nothing was added to the ledger; a
/// figure of now says of which instant it is and is computed anew after a while, since clocks run on.
package final class FigureCache: Sendable {
  struct Key: Hashable, Sendable {
    let request: FigureRequest
    let reach: FigureScope.Reach
  }

  private struct Kept {
    let result: FigureResult
    let head: Int64
    let at: Instant
    var used: Int
  }

  private struct State {
    var kept: [Key: Kept] = [:]
    var clock = 0
  }

  /// Seconds a figure of now may be old.
  static let freshness: Int64 = 600
  /// Seconds after which nobody is still writing an entry that has an earlier id.
  static let settling: Int64 = 10
  /// More are never kept; a dashboard of each county by each figure is some hundreds.
  static let limit = 2000

  private let state = Mutex(State())

  package init() {}

  /// - Parameter head: the ledger's last entry.
  func result(for key: Key, head: Int64, now: Instant) -> FigureResult? {
    state.withLock { state in
      guard var kept = state.kept[key], kept.head == head,
        key.request.asOf != nil && key.request.knownOn != .now
          || (now - kept.at < FigureCache.freshness && now >= kept.at)
      else { return nil }
      state.clock += 1
      kept.used = state.clock
      state.kept[key] = kept
      return kept.result
    }
  }

  func keep(_ result: FigureResult, for key: Key, head: Int64, now: Instant) {
    // Ids are time-ordered, but of two transactions the later id may be there first.
    guard now - Identifiers.instant(of: head) >= FigureCache.settling else { return }
    state.withLock { state in
      state.clock += 1
      if state.kept.count >= FigureCache.limit {
        let oldest = state.kept.values.map(\.used).sorted()[FigureCache.limit / 4]
        state.kept = state.kept.filter { $0.value.used > oldest }
      }
      state.kept[key] = Kept(result: result, head: head, at: now, used: state.clock)
    }
  }
}

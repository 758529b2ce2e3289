import Foundation
import Synchronization

/// How many requests may look into the file on their own threads at a time: as many as there are cores. When the
/// disk stands still, those stand with it; the thread that dispatch adds then finds no seat, hands its looks over
/// to the readers' threads and answers the others.
final class Seats: Sendable {
  private let taken = Atomic(0)
  private let count = ProcessInfo.processInfo.activeProcessorCount

  /// - Returns: whether there was one.
  func take() -> Bool {
    if taken.add(1, ordering: .relaxed).newValue <= count { return true }
    leave()
    return false
  }

  func leave() { taken.subtract(1, ordering: .relaxed) }
}

import Synchronization

/// Tells work in the background to end by itself: cancelling it would break off what it is doing.
package final class Flag: Sendable {
  private let value = Atomic(false)

  package init() {}

  package var isRaised: Bool { value.load(ordering: .relaxed) }
  package func raise() { value.store(true, ordering: .relaxed) }
}

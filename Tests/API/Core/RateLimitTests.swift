import API
import Domain
import Testing

@Suite struct RateLimitTests {
  /// Sixty a minute: sixty at once, then one a second.
  @Test func fillsEvenly() {
    let limits = RateLimits(perMinute: 60)
    let (one, other) = (AccountID(1), AccountID(2))
    for left in (0..<60).reversed() {
      let standing = limits.take(one, at: 1000)
      #expect(!standing.isOver && standing.left == left && standing.limit == 60)
    }
    let over = limits.take(one, at: 1000)
    #expect(over.isOver && over.left == 0 && over.reset == 1)
    #expect(limits.take(one, at: 1999).isOver)
    #expect(!limits.take(one, at: 2000).isOver)
    #expect(limits.take(one, at: 2000).isOver)
    // Others have their own, and a full one never gets fuller.
    #expect(limits.take(other, at: 2000).left == 59)
    #expect(limits.take(one, at: 10_000_000).left == 59)
    // A clock that stands still or goes back gives nothing.
    #expect(limits.take(one, at: 9_000_000).left == 58)
  }
}

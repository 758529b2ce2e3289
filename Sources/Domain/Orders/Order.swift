/// A document of the three orders 三单: what its events add up to. Nothing it says changes once it is
/// issued.
package struct Order: Hashable, Sendable {
  package let id: OrderID
  /// Events applied so far.
  package private(set) var version = 0
  package private(set) var content: OrderContent
  package private(set) var state: OrderState
  /// The series its number is, or will be, of.
  package private(set) var series: String
  /// Nil where it was issued at once.
  package private(set) var draftedAt: Instant?
  package private(set) var draftedBy: Actor?
  package private(set) var number: OrderNumber?
  package private(set) var issuedAt: Instant?
  package private(set) var issuedBy: Actor?
  package private(set) var reviewBy: Instant?
  package private(set) var discarded: OrderEvent.Discarded?
  package private(set) var discardedAt: Instant?
  package private(set) var revoked: OrderEvent.Revoked?
  package private(set) var revokedAt: Instant?
  package private(set) var review: Review?

  package struct Review: Hashable, Sendable {
    package let grounds: String
    package let requestedAt: Instant
    package let requestedBy: Actor
    package fileprivate(set) var decided: OrderEvent.ReviewDecided?
    package fileprivate(set) var decidedAt: Instant?
  }

  /// - Returns: nil where the event is none that an order begins with.
  package init?(id: OrderID, first event: OrderEvent, at: Instant, by actor: Actor) {
    self.id = id
    switch event {
    case .drafted(let drafted):
      (content, state, series) = (drafted.content, .draft, drafted.series)
    case .issued(let issued):
      (content, state, series) = (issued.content, .issued, issued.number.series)
    default: return nil
    }
    apply(event, at: at, by: actor)
  }

  /// Applies anything `decide` can produce; knows no rules.
  package mutating func apply(_ event: OrderEvent, at: Instant, by actor: Actor) {
    version += 1
    switch event {
    case .drafted:
      (draftedAt, draftedBy) = (at, actor)
    case .issued(let issued):
      state = .issued
      (content, number, reviewBy) = (issued.content, issued.number, issued.reviewBy)
      (issuedAt, issuedBy) = (at, actor)
    case .discarded(let why):
      state = .discarded
      (discarded, discardedAt) = (why, at)
    case .revoked(let by):
      state = .revoked
      (revoked, revokedAt) = (by, at)
    case .reviewRequested(let request):
      review = Review(grounds: request.grounds, requestedAt: at, requestedBy: actor)
    case .reviewDecided(let decided):
      review?.decided = decided
      review?.decidedAt = at
    }
  }

  package var isUnderReview: Bool { review != nil && review?.decided == nil }

  /// Until when review of a recommendation issued on a day can be asked for: the end of the 30th day
  /// after it (DOMAIN.md 5).
  package static func reviewBy(issuedOn day: Day) -> Instant { Instant(startOf: day + 31) }
}

/// A monthly sheet: what its events add up to. Nothing it says changes once it is published.
package struct CommentSheet: Hashable, Sendable {
  package let id: SheetID
  /// Events applied so far.
  package private(set) var version = 0
  package private(set) var state = SheetState.draft
  package private(set) var content: SheetContent
  package private(set) var computedAt: Instant
  /// Until when units may object; nil before the preview.
  package private(set) var objectionsUntil: Instant?
  package private(set) var objections: [Objection] = []
  package private(set) var publishedAt: Instant?
  package private(set) var publishedBy: Actor?
  package private(set) var digest: String?

  /// A unit on the sheet says that a number is wrong.
  package struct Objection: Hashable, Sendable {
    package let number: Int
    package let unit: UnitID
    package let text: String
    package let at: Instant
    package let by: Actor
    /// Nil while it is open.
    package fileprivate(set) var ruling: SheetEvent.Ruled?
    package fileprivate(set) var ruledAt: Instant?
    /// Whether the numbers were computed anew since it was made, and since it was ruled on.
    fileprivate var isAnswered = false
    fileprivate var isHeeded = false
  }

  /// - Returns: nil where the event is none that a sheet begins with.
  package init?(id: SheetID, first event: SheetEvent, at: Instant, by actor: Actor) {
    guard case .drafted(let drafted) = event else { return nil }
    (self.id, content, computedAt) = (id, drafted.content, at)
    apply(event, at: at, by: actor)
  }

  /// Applies anything `decide` can produce; knows no rules.
  package mutating func apply(_ event: SheetEvent, at: Instant, by actor: Actor) {
    version += 1
    switch event {
    case .drafted(let computed), .recomputed(let computed):
      (content, computedAt) = (computed.content, at)
      (state, objectionsUntil) = (.draft, nil)
      for index in objections.indices {
        objections[index].isAnswered = true
        objections[index].isHeeded = objections[index].ruling != nil
      }
    case .previewed(let previewed):
      (state, objectionsUntil) = (.preview, previewed.until)
    case .objected(let objected):
      objections.append(
        Objection(
          number: objected.number, unit: objected.unit, text: objected.text, at: at, by: actor))
    case .ruled(let ruled):
      guard let index = objections.firstIndex(where: { $0.number == ruled.number }) else { return }
      (objections[index].ruling, objections[index].ruledAt) = (ruled, at)
    case .published(let published):
      (content, digest) = (published.content, published.digest)
      (state, publishedAt, publishedBy) = (.published, at, actor)
    }
  }

  package var openObjections: [Objection] { objections.filter { $0.ruling == nil } }

  /// Whether an objection was upheld since the numbers were computed.
  package var isStale: Bool { objections.contains { $0.ruling?.upheld == true && !$0.isHeeded } }

  /// Whether the unit has objected to the numbers as they stand.
  package func hasObjected(_ unit: UnitID) -> Bool {
    objections.contains { $0.unit == unit && !$0.isAnswered }
  }
}

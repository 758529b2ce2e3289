/// The union of a clock's suspensions, in order.
struct SuspendedTime: Sendable {
  /// Intervals that ended, apart from each other, in milliseconds.
  let spans: [Range<Int64>]
  /// From when on everything is suspended: the beginning of the one that still lasts, or of those that
  /// run into it.
  let openFrom: Instant?
  /// The beginning of the one that still lasts itself.
  let openBegan: Instant?

  /// Years 1 to 9999: arithmetic on days and instants cannot overflow within.
  private static let limits: ClosedRange<Int64> = -62_135_625_600_000...253_402_272_000_000

  init(_ suspensions: [Suspension]) {
    guard !suspensions.isEmpty else {
      (spans, openFrom, openBegan) = ([], nil, nil)
      return
    }
    let limited = { (instant: Instant) in Self.limited(instant).milliseconds }
    var open = suspensions.lazy.filter { $0.until == nil }.map { limited($0.from) }.min()
    openBegan = open.map { Instant(milliseconds: $0) }
    var merged: [Range<Int64>] = []
    let closed = suspensions.compactMap { suspension -> Range<Int64>? in
      guard let until = suspension.until, suspension.from < until else { return nil }
      return limited(suspension.from)..<limited(until)
    }
    for span in closed.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = merged.last, span.lowerBound <= last.upperBound {
        merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, span.upperBound)
      } else {
        merged.append(span)
      }
    }
    while let start = open, let last = merged.last, last.upperBound >= start {
      open = min(start, last.lowerBound)
      merged.removeLast()
    }
    spans = merged
    openFrom = open.map { Instant(milliseconds: $0) }
  }

  static func limited(_ instant: Instant) -> Instant {
    Instant(milliseconds: min(max(instant.milliseconds, limits.lowerBound), limits.upperBound))
  }

  func contains(_ instant: Instant) -> Bool {
    openFrom.map { $0 <= instant } ?? false
      || spans.contains { $0.contains(instant.milliseconds) }
  }

  /// The local days that a span covers from 00:00 to 24:00; their numbers, perhaps none.
  static func days(_ span: Range<Int64>) -> Range<Int> {
    let first = dayNumber(notBefore: span.lowerBound)
    let end = Instant(milliseconds: span.upperBound).day.number
    return first..<max(first, end)
  }

  /// The first day that the open suspension covers.
  var openDay: Int? { openFrom.map { Self.dayNumber(notBefore: $0.milliseconds) } }

  private static func dayNumber(notBefore milliseconds: Int64) -> Int {
    Instant(milliseconds: milliseconds + Instant.millisecondsPerDay - 1).day.number
  }
}

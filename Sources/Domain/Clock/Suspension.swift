/// An interval in which a clock stands still: from its beginning up to, but not with, its end.
package struct Suspension: Hashable, Sendable, Codable {
  package let from: Instant
  /// Nil while it lasts.
  package let until: Instant?

  package init(from: Instant, until: Instant?) {
    (self.from, self.until) = (from, until)
  }

  /// Whole days, both ends included.
  package init(from: Day, through: Day?) {
    self.init(
      from: Instant(startOf: from), until: through.map { Instant(startOf: $0 + 1) })
  }
}

extension Suspension {
  package enum TextFault: Error, Hashable, Sendable {
    /// Neither a date nor an instant.
    case notATime(String)
    /// No two dots between beginning and end.
    case noRange
    case endsBeforeItBegins
  }

  /// Reads `A..B` or, still lasting, `A..`: dates include both ends, instants are half-open.
  package init(text: String) throws(TextFault) {
    guard let dots = text.firstRange(of: "..") else { throw .noRange }
    let (first, last) = (text[..<dots.lowerBound], text[dots.upperBound...])
    from = try Suspension.time(first).instant
    guard !last.isEmpty else {
      until = nil
      return
    }
    let end = try Suspension.time(last)
    until = end.isDay ? Instant(startOf: end.instant.day + 1) : end.instant
    guard end.isDay ? from < until! : from <= until! else { throw .endsBeforeItBegins }
  }

  private static func time(
    _ text: Substring
  ) throws(TextFault) -> (instant: Instant, isDay: Bool) {
    if let day = Day(text) { return (Instant(startOf: day), true) }
    guard let instant = Instant(text: text) else { throw .notATime(String(text)) }
    return (instant, false)
  }
}

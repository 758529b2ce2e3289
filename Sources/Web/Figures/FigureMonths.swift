import Domain
import Services

/// The ends of months up to an instant, at which a figure is asked for again.
enum FigureMonths {
  /// - Returns: the request as of the end of each of so many months before, and as of itself.
  static func requests(_ asked: FigureRequest, now: Instant, count: Int) -> [FigureRequest] {
    let end = asked.asOf ?? now
    // The day that ends with the instant is the last that counts.
    let day = Instant(milliseconds: end.milliseconds - 1).day
    let first = Day(String(day.description.prefix(8)) + "01")!
    let ends = (0..<count).reversed().map { Instant(startOf: first.adding(months: -$0)) }
    return ends.map { instant in
      var request = asked
      request.asOf = instant
      return request
    } + (end > ends[count - 1] ? [asked] : [])
  }
}

/// A point of time: milliseconds since 1970-01-01T00:00:00Z.
package struct Instant: Hashable, Comparable, Sendable, Codable {
  package let milliseconds: Int64

  package init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  /// Asia/Shanghai is UTC+8 without summer time since 1991; the campaign began in 2021.
  static let shanghaiOffset: Int64 = 8 * 3_600_000
  static let millisecondsPerDay: Int64 = 86_400_000

  /// 00:00 in Asia/Shanghai at the start of the day. The end of a day is the start of the next.
  package init(startOf day: Day) {
    milliseconds = Int64(day.number) * Instant.millisecondsPerDay - Instant.shanghaiOffset
  }

  /// The civil day in Asia/Shanghai.
  package var day: Day {
    let local = milliseconds + Instant.shanghaiOffset
    return Day(number: Int(local).floorDivided(by: Int(Instant.millisecondsPerDay)))
  }

  /// Seconds since midnight in Asia/Shanghai.
  package var secondOfDay: Int {
    Int(milliseconds + Instant.shanghaiOffset).floorModulo(Int(Instant.millisecondsPerDay)) / 1000
  }

  package init(from decoder: any Decoder) throws {
    milliseconds = try decoder.singleValueContainer().decode(Int64.self)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(milliseconds)
  }

  package static func < (a: Instant, b: Instant) -> Bool { a.milliseconds < b.milliseconds }

  package static func + (instant: Instant, seconds: Int64) -> Instant {
    Instant(milliseconds: instant.milliseconds + seconds * 1000)
  }

  /// Seconds from b to a, rounded towards zero.
  package static func - (a: Instant, b: Instant) -> Int64 {
    (a.milliseconds - b.milliseconds) / 1000
  }
}

extension Instant: CustomStringConvertible {
  /// Local wall-clock time with its offset: `2026-11-21T16:05:00+08:00`.
  package var description: String { text(isPrecise: false) }

  /// The same to the millisecond: `2026-11-21T16:05:00.123+08:00`.
  package var preciseDescription: String { text(isPrecise: true) }

  /// Digit by digit to where it will lie: an answer to a program has hundreds of times.
  private func text(isPrecise: Bool) -> String {
    let second = secondOfDay
    return day.description
      + String(unsafeUninitializedCapacity: 19) { buffer in
        var text = FixedDigits(buffer)
        text.put("T", second / 3600, 2)
        text.put(":", second / 60 % 60, 2)
        text.put(":", second % 60, 2)
        if isPrecise { text.put(".", Int(milliseconds).floorModulo(1000), 3) }
        text.put("+", 8, 2)
        text.put(":", 0, 2)
        return text.count
      }
  }

  /// RFC 3339 in UTC to the millisecond: `2026-11-21T08:05:00.123Z`.
  package var universalDescription: String {
    Instant(milliseconds: milliseconds - Instant.shanghaiOffset).preciseDescription.dropLast(6)
      + "Z"
  }

  /// `20261121T080500123Z`: UTC, for names of files.
  package var fileStamp: String {
    universalDescription.filter { !"-:.".contains($0) }
  }

  /// `16:05`
  package var clockTime: String {
    padded(secondOfDay / 3600, 2) + ":" + padded(secondOfDay / 60 % 60, 2)
  }
}

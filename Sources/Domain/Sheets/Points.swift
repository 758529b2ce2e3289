/// Points of a hundred, in hundredths: whole numbers, so that everybody who counts again gets the very same.
package struct Points: Hashable, Comparable, Sendable, Codable {
  package let hundredths: Int

  package init(hundredths: Int) { self.hundredths = hundredths }

  package init(whole: Int) { hundredths = whole * 100 }

  /// In proportion between two limits in percent; halves are rounded up. None for nothing counted.
  package init?(_ numerator: Int, of denominator: Int, zero: Int, full: Int) {
    guard denominator > 0, zero != full else { return nil }
    let sign = full > zero ? 1 : -1
    let above = sign * (100 * numerator - zero * denominator)
    let whole = sign * (full - zero) * denominator
    hundredths = Points.rounded(min(max(0, above), whole) * 10_000, by: whole)
  }

  /// The mean by weight; nil where nothing weighs.
  package static func mean(_ parts: [(points: Points, weight: Int)]) -> Points? {
    let weight = parts.reduce(0) { $0 + $1.weight }
    if weight == 0 { return nil }
    let sum = parts.reduce(0) { $0 + $1.points.hundredths * $1.weight }
    return Points(hundredths: rounded(sum, by: weight))
  }

  /// A quotient of numbers that are not negative, halves rounded up.
  private static func rounded(_ number: Int, by divisor: Int) -> Int {
    (2 * number + divisor) / (2 * divisor)
  }

  package static func < (a: Points, b: Points) -> Bool { a.hundredths < b.hundredths }

  package init(from decoder: any Decoder) throws {
    hundredths = try decoder.singleValueContainer().decode(Int.self)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(hundredths)
  }
}

extension Points: CustomStringConvertible {
  /// `87.50`
  package var description: String { "\(hundredths / 100).\(padded(hundredths % 100, 2))" }
}

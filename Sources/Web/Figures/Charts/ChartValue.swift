import Domain
import HTTP

/// A value with the text that says it, made once, for the drawing and the table alike.
struct ChartValue: Encodable, Sendable {
  /// Nil where there is none; the text says so.
  let value: Double?
  let text: String
  /// Of the Wilson interval.
  let low: Double?
  let high: Double?
  let range: String?
  /// The list behind it.
  let href: String?

  /// - Parameter text: where it is not just the value in its unit, such as `不足 10 件`.
  init(
    _ value: Double?, _ unit: ChartUnit, interval: ClosedRange<Double>? = nil,
    text: String? = nil, href: String? = nil, _ words: Wording
  ) {
    self.value = value.flatMap { $0.isFinite ? $0 : nil }
    self.text = text ?? words.amount(value, unit)
    low = interval?.lowerBound
    high = interval?.upperBound
    range = interval.map {
      "\(words.amount($0.lowerBound, unit))–\(words.amount($0.upperBound, unit))"
    }
    self.href = href
  }
}

/// What a datum means beside its size.
enum ChartTone: String, Encodable, Sendable {
  case accent
  /// Overdue, and nothing else.
  case red
  case muted
  /// It rests on fewer cases than a figure should.
  case few
  case green, yellow, grey

  init(_ lamp: Lamp) {
    self =
      switch lamp {
      case .green: .green
      case .yellow: .yellow
      case .red: .red
      case .grey: .grey
      }
  }
}

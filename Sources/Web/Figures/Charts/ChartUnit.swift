/// What a chart's values are, which says how they are written.
enum ChartUnit: String, Encodable, Sendable {
  /// Values from 0 to 1.
  case percent
  case number
  case days
}

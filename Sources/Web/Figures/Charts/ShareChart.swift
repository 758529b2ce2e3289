import Domain
import HTTP

/// The parts of a whole as one bar: lamps, tiers, ratings.
struct ShareChart: ChartContent {
  static let kind = "shares"

  struct Part: Encodable, Sendable {
    let name: String
    let value: Double
    let text: String
    let share: String
    let href: String?
    /// The shape of a lamp.
    let mark: String
    /// Of a lamp.
    let tone: ChartTone?
    /// Of an ordered list, from 1; the last is the darkest.
    let level: Int?
  }

  let unit = ChartUnit.number
  let parts: [Part]
  let heading: String

  private enum CodingKeys: CodingKey { case unit, parts }

  /// Ordered parts, up to five.
  init(
    heading: String, parts: [(name: String, count: Int, href: String?)], _ words: Wording
  ) {
    self.heading = heading
    let whole = parts.reduce(0) { $0 + $1.count }
    // Few parts are as far apart in colour as five are.
    let step = parts.count > 1 ? Double(ScaleClasses.most - 1) / Double(parts.count - 1) : 0
    self.parts = parts.enumerated().map { index, part in
      Part(
        name: part.name, value: Double(part.count), text: words.count(part.count),
        share: Self.share(part.count, of: whole, words), href: part.href, mark: "", tone: nil,
        level: 1 + Int((Double(index) * step).rounded()))
    }
  }

  init(lamps: [(lamp: Lamp, count: Int, href: String?)], _ words: Wording) {
    heading = words("chart.lamp")
    let whole = lamps.reduce(0) { $0 + $1.count }
    parts = lamps.map { lamp, count, href in
      let view = words.lamp(lamp)
      return Part(
        name: view["name"] as? String ?? "", value: Double(count), text: words.count(count),
        share: Self.share(count, of: whole, words), href: href,
        mark: view["shape"] as? String ?? "", tone: ChartTone(lamp), level: nil)
    }
  }

  private static func share(_ count: Int, of whole: Int, _ words: Wording) -> String {
    words.amount(whole > 0 ? Double(count) / Double(whole) : nil, .percent)
  }

  func table(_ words: Wording) -> ChartTable {
    ChartTable(
      columns: [
        .init(name: heading, isAmount: false), .init(name: words("chart.count")),
        .init(name: words("chart.share")),
      ],
      rows: parts.map { [.init($0.name), .init($0.text, href: $0.href), .init($0.share)] })
  }

  func legend(_ words: Wording) -> [ChartLegend] {
    parts.map {
      ChartLegend(
        swatch: $0.level.map { "level-\($0)" } ?? $0.tone?.rawValue ?? "none", mark: $0.mark,
        name: $0.name, text: "\($0.text) · \($0.share)", href: $0.href)
    }
  }
}

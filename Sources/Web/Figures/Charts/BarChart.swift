import HTTP

/// Values by county, category or unit, the largest first, with whiskers where there are intervals.
struct BarChart: ChartContent {
  static let kind = "bars"

  struct Bar: Encodable, Sendable {
    let name: String
    let value: ChartValue
    /// Of how many it is said; nil where the value is a number of cases itself.
    var n: Int?
    /// Told in the table and beside the pointer: the grade, why there is no value.
    var note = ""
    var tone = ChartTone.accent

    private enum Key: CodingKey { case name, n, note, tone }

    func encode(to encoder: any Encoder) throws {
      try value.encode(to: encoder)
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(name, forKey: .name)
      try container.encodeIfPresent(n, forKey: .n)
      try container.encode(note, forKey: .note)
      try container.encode(tone, forKey: .tone)
    }
  }

  let unit: ChartUnit
  let bars: [Bar]
  /// What the rows are: `县区`.
  let heading: String
  let measure: String

  private enum CodingKeys: CodingKey { case unit, bars }

  /// - Parameters:
  ///   - bars: in any order; those without a value come last.
  ///   - isSorted: false where they have an order of their own, such as steps or months.
  init(unit: ChartUnit, heading: String, measure: String, bars: [Bar], isSorted: Bool = true) {
    (self.unit, self.heading, self.measure) = (unit, heading, measure)
    self.bars =
      isSorted
      ? bars.sorted {
        ($0.value.value ?? -.infinity, $1.name) > ($1.value.value ?? -.infinity, $0.name)
      }
      : bars
  }

  func table(_ words: Wording) -> ChartTable {
    let hasRange = bars.contains { $0.value.range != nil }
    let hasN = bars.contains { $0.n != nil }
    let hasNote = bars.contains { !$0.note.isEmpty }
    var columns: [ChartTable.Column] = [
      .init(name: heading, isAmount: false), .init(name: measure),
    ]
    if hasRange { columns.append(.init(name: words("chart.interval"))) }
    if hasN { columns.append(.init(name: words("chart.cases"))) }
    if hasNote { columns.append(.init(name: words("chart.note"), isAmount: false)) }
    return ChartTable(
      columns: columns,
      rows: bars.map { bar in
        var cells: [ChartTable.Cell] = [.init(bar.name), .init(bar.value)]
        if hasRange { cells.append(.init(bar.value.range ?? "—")) }
        if hasN { cells.append(.init(bar.n.map(words.count) ?? "—")) }
        if hasNote { cells.append(.init(bar.note)) }
        return cells
      })
  }
}

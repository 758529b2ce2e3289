import HTTP

/// How many came as far as each step of a procedure, and what share that is of those who began.
struct FunnelChart: ChartContent {
  static let kind = "funnel"

  struct Step: Encodable, Sendable {
    let name: String
    let value: Double
    let text: String
    /// `85.0%` of the first step.
    let share: String
    let href: String?
  }

  let unit = ChartUnit.number
  let steps: [Step]
  /// What goes through them: `问题`.
  let measure: String

  private enum CodingKeys: CodingKey { case unit, steps }

  /// - Parameter steps: in the procedure's order.
  init(
    measure: String, steps: [(name: String, count: Int, href: String?)], _ words: Wording
  ) {
    self.measure = measure
    let first = steps.first?.count ?? 0
    self.steps = steps.map { name, count, href in
      Step(
        name: name, value: Double(count), text: words.count(count),
        share: words.amount(first > 0 ? Double(count) / Double(first) : nil, .percent), href: href)
    }
  }

  func table(_ words: Wording) -> ChartTable {
    ChartTable(
      columns: [
        .init(name: words("chart.step"), isAmount: false), .init(name: measure),
        .init(name: words("chart.share_of_first")),
      ],
      rows: steps.map { [.init($0.name), .init($0.text, href: $0.href), .init($0.share)] })
  }
}

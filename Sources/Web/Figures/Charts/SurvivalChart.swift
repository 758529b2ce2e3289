import HTTP

/// What share is still open after so many days, those counted that are open yet (Kaplan–Meier). A cross
/// stands where some were last seen open.
struct SurvivalChart: ChartContent {
  static let kind = "survival"

  struct Step: Encodable, Sendable {
    /// Days.
    let at: Double
    /// The share still open from then on.
    let value: Double
    let text: String
    /// How many were open until then.
    let atRisk: Int

    private enum CodingKeys: CodingKey { case at, value, text }
  }

  struct Mark: Encodable, Sendable {
    let at: Double
    let value: Double
  }

  struct Curve: Encodable, Sendable {
    let name: String
    /// The first is at 0 days with all.
    let steps: [Step]
    let censored: [Mark]
    let tone: ChartTone
  }

  let unit = ChartUnit.days
  let curves: [Curve]
  /// The last day shown.
  let until: Double
  let axis: String

  private enum CodingKeys: CodingKey { case unit, curves, until, axis }

  /// - Parameters:
  ///   - curves: the steps with the days, the share open after them and how many were open before; the days on
  ///     which the watching of some ended, with the share then.
  init(
    axis: String, until: Double,
    curves: [(
      name: String, steps: [(at: Double, share: Double, atRisk: Int)],
      censored: [(at: Double, share: Double)]
    )], _ words: Wording
  ) {
    (self.axis, self.until) = (axis, until)
    self.curves = curves.map { curve in
      Curve(
        name: curve.name,
        steps: curve.steps.map { step in
          Step(
            at: step.at, value: step.share,
            text: words(
              "chart.open_after",
              ["days": words.amount(step.at, .days), "share": words.amount(step.share, .percent)]),
            atRisk: step.atRisk)
        },
        censored: curve.censored.map { Mark(at: $0.at, value: $0.share) }, tone: .accent)
    }
  }

  func table(_ words: Wording) -> ChartTable {
    ChartTable(
      columns: [
        .init(name: words("chart.group"), isAmount: false), .init(name: axis),
        .init(name: words("chart.still_open")), .init(name: words("chart.at_risk")),
      ],
      rows: curves.flatMap { curve in
        curve.steps.map { step in
          [
            .init(curve.name), .init(words.amount(step.at, .days)),
            .init(words.amount(step.value, .percent)), .init(words.count(step.atRisk)),
          ]
        }
      })
  }

  func legend(_ words: Wording) -> [ChartLegend] {
    [ChartLegend(swatch: "cross", name: words("chart.censored"))]
  }
}

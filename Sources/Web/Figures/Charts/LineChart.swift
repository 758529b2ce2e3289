import HTTP

/// Trends: several series over the same points in time, with a band where there are intervals.
struct LineChart: ChartContent {
  static let kind = "line"

  struct Series: Encodable, Sendable {
    let name: String
    /// One for each label.
    let points: [ChartValue]
    var tone = ChartTone.accent
  }

  let unit: ChartUnit
  /// `2026-01`
  let labels: [String]
  let series: [Series]

  func table(_ words: Wording) -> ChartTable {
    ChartTable(
      columns: [.init(name: words("chart.time"), isAmount: false)]
        + series.flatMap { each -> [ChartTable.Column] in
          let columns = [ChartTable.Column(name: each.name)]
          return hasRange(each) ? columns + [.init(name: words("chart.interval"))] : columns
        },
      rows: labels.indices.map { index in
        [.init(labels[index])]
          + series.flatMap { each -> [ChartTable.Cell] in
            let point = each.points[index]
            return hasRange(each) ? [.init(point), .init(point.range ?? "—")] : [.init(point)]
          }
      })
  }

  private func hasRange(_ series: Series) -> Bool { series.points.contains { $0.range != nil } }
}

import HTTP

/// Up to five classes of values, from light to dark.
struct ScaleClasses: Sendable {
  /// The least value of each class but the first, ascending.
  let limits: [Double]

  static let most = 5

  /// - Parameter limits: fixed ones, up to four, ascending.
  init(limits: [Double]) {
    self.limits = Array(limits.prefix(ScaleClasses.most - 1))
  }

  /// Classes with the same number of values each, as far as equal values allow.
  init(quantilesOf values: [Double]) {
    let sorted = values.sorted()
    guard let least = sorted.first else {
      limits = []
      return
    }
    let quantiles = (1..<ScaleClasses.most).map { sorted[$0 * sorted.count / ScaleClasses.most] }
    limits = Array(Set(quantiles.filter { $0 > least })).sorted()
  }

  /// From 1 for the lightest.
  func level(of value: Double) -> Int { 1 + limits.count { $0 <= value } }

  /// The classes with their limits: `< 60%`, `60%–70%`, `≥ 70%`.
  func legend(_ unit: ChartUnit, _ words: Wording) -> [ChartLegend] {
    let texts = limits.map { words.amount($0, unit) }
    if texts.isEmpty { return [ChartLegend(swatch: "level-1", name: words("chart.any_value"))] }
    return (0...texts.count).map { index in
      let name =
        index == 0
        ? "< \(texts[0])"
        : index == texts.count ? "≥ \(texts[index - 1])" : "\(texts[index - 1])–\(texts[index])"
      return ChartLegend(swatch: "level-\(index + 1)", name: name)
    }
  }
}

import Domain
import HTTP
import Services

/// A figure as charts: its groups, how it went from month to month, what it is made up of.
struct FigureCharts {
  let words: FigureWords
  let platform: Platform

  private var plain: Wording { words.words }

  /// The figure's groups as bars; the days of a year as a calendar.
  func groups(_ result: FigureResult, _ names: [String: Definition.Words]) -> Chart? {
    guard let dimension = result.query.dimension, !result.groups.isEmpty else { return nil }
    let title =
      words.text(result.definition.name) + " · " + plain("figures.by.\(dimension.rawValue)")
    if dimension == .day { return calendar(result, title) }
    let bars = result.groups.map { group in
      let isFew =
        result.definition.measure == .percent && group.tally.denominator < words.minimum
      return BarChart.Bar(
        name: words.name(group.key, result, names),
        value: value(group.tally, result, group: group.key),
        n: result.definition.measure == .percent ? group.tally.denominator : nil,
        note: words.grade(group.tally, result.definition),
        tone: isFew ? .few : result.definition.code == "overdue_count" ? .red : .accent)
    }
    let shown = Array(
      bars.sorted { ($0.value.value ?? -1) > ($1.value.value ?? -1) }.prefix(FigureCharts.most))
    return Chart(
      id: "groups-chart", title: title, summary: summary(shown, title),
      note: bars.count > shown.count ? plain("figures.most", ["n": String(shown.count)]) : "",
      content: BarChart(
        unit: unit(result.definition), heading: plain("figures.by.\(dimension.rawValue)"),
        measure: words.text(result.definition.name), bars: shown))
  }

  /// More bars than fit are in the table of the page.
  private static let most = 24

  private func summary(_ bars: [BarChart.Bar], _ title: String) -> String {
    guard let first = bars.first, let last = bars.last, bars.count > 1 else { return title }
    return plain(
      "figures.bars_summary",
      [
        "first": first.name, "high": first.value.text, "last": last.name, "low": last.value.text,
      ])
  }

  /// The same figure at the end of each month.
  func trend(_ results: [FigureResult]) -> Chart? {
    guard let definition = results.first?.definition, results.count > 1 else { return nil }
    let name = words.text(definition.name)
    let points = results.map { value($0.total, $0, group: nil) }
    let labels = results.map { String(($0.query.asOf.day + -1).description.prefix(7)) }
    return Chart(
      id: "trend-chart", title: name + " · " + plain("figures.trend"),
      summary: plain(
        "figures.trend_summary",
        [
          "from": labels[0], "first": points[0].text, "to": labels[labels.count - 1],
          "last": points[points.count - 1].text,
        ]), note: plain("figures.trend_note"),
      content: LineChart(
        unit: unit(definition), labels: labels,
        series: [.init(name: name, points: points, tone: .accent)]))
  }

  /// What the whole is made up of: lamps, layers, or how long it took.
  func parts(_ result: FigureResult) -> Chart? {
    let definition = result.definition
    let name = words.text(definition.name)
    if definition.measure == .hours { return survival(result.total, name) }
    guard let attribute = definition.divided, result.total.denominator > 0 else { return nil }
    func href(_ share: String) -> String? {
      FigureAddress.list(result, .init(.denominator, share: share))
    }
    let shares = result.total.shares
    let content: ShareChart
    if attribute == .lamp {
      content = ShareChart(
        lamps: [Lamp.red, .yellow, .green, .grey].map {
          ($0, shares[$0.rawValue] ?? 0, href($0.rawValue))
        }, plain)
    } else {
      content = ShareChart(
        heading: name,
        parts: shares.sorted { order($0.key) < order($1.key) }.map {
          (words.share($0.key, attribute, platform), $0.value, href($0.key))
        }, plain)
    }
    return Chart(
      id: "parts-chart", title: name, summary: plain("figures.shares") + " " + name,
      content: content)
  }

  /// Layers from below; none last.
  private func order(_ tier: String) -> Int {
    platform.procedures.all.lazy.compactMap { procedure in
      procedure.tiers.firstIndex { $0.code == tier }
    }.first ?? Int.max
  }

  private func survival(_ tally: Tally, _ name: String) -> Chart? {
    let steps = tally.survival
    guard let last = steps.last else { return nil }
    func days(_ hours: Int) -> Double { Double(hours) / 24 }
    var atRisk = tally.hours.values.reduce(0, +) + tally.waiting.values.reduce(0, +)
    var shown: [(at: Double, share: Double, atRisk: Int)] = [(0, 1, atRisk)]
    // A step a day at most: what is seen is the same, and a million hours are none.
    var (day, left) = (-1, Set(tally.hours.keys).union(tally.waiting.keys).sorted()[...])
    for step in steps {
      while let hour = left.first, hour < step.hours {
        atRisk -= (tally.hours[hour] ?? 0) + (tally.waiting[hour] ?? 0)
        left.removeFirst()
      }
      if step.hours / 24 == day { shown.removeLast() }
      day = step.hours / 24
      shown.append((days(step.hours), step.open / 100, atRisk))
    }
    let censored = Set(tally.waiting.keys.filter { $0 <= last.hours }.map { $0 / 24 }).sorted()
    return Chart(
      id: "parts-chart", title: name + " · " + plain("figures.survival"),
      summary: plain(
        "figures.survival_summary",
        ["median": words.hours(tally.quantile(0.5)), "p90": words.hours(tally.quantile(0.9))]),
      note: plain("figures.survival_note"),
      content: SurvivalChart(
        axis: plain("figures.days_since"), until: days(last.hours) + 1,
        curves: [
          (
            name: name, steps: shown,
            censored: censored.map { at in
              (Double(at), shown.last { $0.at <= Double(at) }?.share ?? 1)
            }
          )
        ], plain))
  }

  private func calendar(_ result: FigureResult, _ title: String) -> Chart? {
    let days = result.groups.compactMap { group in
      Int(group.key).map { number in
        (
          day: Day(number: number), value: Double(group.tally.denominator),
          href: FigureAddress.list(result, .init(.denominator, group: group.key))
        )
      }
    }
    guard let year = days.map(\.day.year).max() else { return nil }
    let shown = days.filter { $0.day.year == year }
    return Chart(
      id: "groups-chart", title: "\(title) · \(year)",
      summary: plain("figures.calendar_summary", ["n": String(shown.count), "year": String(year)]),
      content: CalendarChart(
        year, unit: .number, measure: words.text(result.definition.name),
        classes: ScaleClasses(quantilesOf: shown.map(\.value)), days: shown, plain))
  }

  // MARK: Values

  func unit(_ definition: Definition) -> ChartUnit {
    switch definition.measure {
    case .percent: .percent
    case .count, .shares: .number
    case .hours: .days
    }
  }

  func number(_ tally: Tally, _ definition: Definition) -> Double? {
    switch definition.measure {
    case .percent: tally.percent.map { $0 / 100 }
    case .count, .shares: Double(tally.denominator)
    case .hours: tally.quantile(0.5).map { Double($0) / 24 }
    }
  }

  private func value(_ tally: Tally, _ result: FigureResult, group: String?) -> ChartValue {
    let definition = result.definition
    let interval = definition.measure == .percent ? tally.interval : nil
    return ChartValue(
      number(tally, definition), unit(definition),
      interval: interval.map { $0.low / 100...$0.high / 100 },
      href: tally.denominator == 0
        ? nil : FigureAddress.list(result, .init(.denominator, group: group)), plain)
  }
}

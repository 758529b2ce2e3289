import Domain
import HTTP
import Services

/// One of each chart, with invented numbers, for those who build pages of them.
struct StyleguideFigures {
  let site: Site
  let words: Wording

  private var here: String { Route.styleguide.path + "#figures" }

  var charts: [Chart] {
    [trend, byCategory, steps, tiers, year, openDays, lamps, layers]
  }

  private func chart(
    _ name: String, _ content: any ChartContent, note: String = ""
  ) -> Chart {
    Chart(
      id: "sample-\(name)", title: words("styleguide.chart.\(name)"),
      summary: words("styleguide.chart.\(name)_summary"), note: note, content: content)
  }

  /// Two rates over twelve months, one with its interval.
  private var trend: Chart {
    let months = (1...12).map { $0 < 10 ? "2026-0\($0)" : "2026-\($0)" }
    let onTime = [0.71, 0.74, 0.7, 0.78, 0.81, 0.8, 0.84, 0.83, 0.87, 0.88, 0.9, nil]
    let resolved = [0.6, 0.62, 0.66, 0.69, 0.7, 0.74, 0.76, 0.79, 0.8, 0.83, 0.85, nil]
    let points = onTime.enumerated().map { index, value in
      ChartValue(
        value, .percent,
        interval: value.map { ($0 - 0.06 + Double(index) / 400)...min(1, $0 + 0.05) }, href: here,
        words)
    }
    return chart(
      "trend",
      LineChart(
        unit: .percent, labels: months,
        series: [
          .init(name: words("styleguide.on_time"), points: points),
          .init(
            name: words("styleguide.resolved"),
            points: resolved.map { ChartValue($0, .percent, words) }),
        ]), note: words("styleguide.chart.trend_note"))
  }

  private var byCategory: Chart {
    let rates: [(Double?, Int)] = [
      (0.92, 212), (0.88, 148), (0.81, 96), (0.84, 77), (0.75, 61), (0.69, 44), (0.95, 38),
      (0.5, 8), (nil, 0),
    ]
    let names = site.platform.categories.filter { $0.track == .enterprise }
    let bars = zip(names, rates).map { category, rate -> BarChart.Bar in
      let (value, n) = rate
      let half = value.map { 0.98 * ($0 * (1 - $0) / Double(max(n, 1))).squareRoot() * 2 } ?? 0
      return BarChart.Bar(
        name: words.name(of: category),
        value: ChartValue(
          value, .percent, interval: value.map { max(0, $0 - half)...min(1, $0 + half) },
          href: here, words), n: n,
        note: n > 0 && n < 10 ? words("map.few", ["n": "10"]) : "", tone: n < 10 ? .few : .accent)
    }
    return chart(
      "bars",
      BarChart(
        unit: .percent, heading: words("field.category"), measure: words("styleguide.on_time"),
        bars: bars))
  }

  private var steps: Chart {
    let counts = [
      (ProblemState.registered, 4153), (.accepted, 4012), (.judged, 3987), (.assigned, 3960),
      (.claimed, 3702), (.verified, 3611), (.closed, 3534),
    ]
    return chart(
      "funnel",
      FunnelChart(
        measure: words("styleguide.problems"),
        steps: counts.map { (words("state.\($0.rawValue)"), $1, here) }, words))
  }

  private var tiers: Chart {
    let tiers = site.platform.procedures.all[0].tiers.map { words.pick($0.zh, $0.en) }
    let passed = [4153, 1320, 402, 96]
    let solved = [2790, 871, 290, 88]
    let shown = min(tiers.count, passed.count)
    let ends = [
      ("solved", words("outcome.solved"), ChartTone.muted),
      ("open", words("styleguide.open"), ChartTone.red),
    ]
    var links: [(from: String, to: String, count: Int, href: String?, tone: ChartTone)] = []
    for tier in 0..<shown {
      links.append(("tier-\(tier)", "solved", solved[tier], here, .muted))
      if tier + 1 < shown {
        links.append(("tier-\(tier)", "tier-\(tier + 1)", passed[tier + 1], here, .accent))
      }
      let next = tier + 1 < shown ? passed[tier + 1] : 0
      links.append(("tier-\(tier)", "open", passed[tier] - solved[tier] - next, here, .red))
    }
    return chart(
      "sankey",
      SankeyChart(
        nodes: (0..<shown).map { ("tier-\($0)", tiers[$0], here, ChartTone.accent) }
          + ends.map { ($0.0, $0.1, here, $0.2) },
        links: links, words))
  }

  private var year: Chart {
    let first = Day("2026-01-01")!
    let days = (0..<320).map { first + $0 }.filter { $0.weekday.rawValue <= 5 }.map { day in
      (day: day, value: Double(1 + (day.number * 7919) % 23), href: here as String?)
    }
    return chart(
      "calendar",
      CalendarChart(
        2026, unit: .number, measure: words("styleguide.problems"),
        classes: ScaleClasses(limits: [5, 10, 15, 20]), days: days, words))
  }

  private var openDays: Chart {
    func curve(_ name: String, _ pace: Double) -> (
      name: String, steps: [(at: Double, share: Double, atRisk: Int)],
      censored: [(at: Double, share: Double)]
    ) {
      var share = 1.0
      var steps = [(at: 0.0, share: 1.0, atRisk: 480)]
      for (index, day) in [1, 2, 3, 5, 7, 10, 14, 21, 30, 45, 60].enumerated() {
        share *= pace - Double(index % 3) / 50
        steps.append((at: Double(day), share: share, atRisk: Int(480 * share)))
      }
      return (name, steps, [(at: 25, share: steps[8].share), (at: 52, share: steps[10].share)])
    }
    let curves = [(Track.enterprise, 0.82), (.village, 0.87)]
    return chart(
      "survival",
      SurvivalChart(
        axis: words("styleguide.days_since"), until: 60,
        curves: curves.map { curve(site.name(of: $0, words), $1) }, words))
  }

  private var lamps: Chart {
    chart(
      "lamps",
      ShareChart(
        lamps: [(.green, 1204, here), (.yellow, 87, here), (.red, 36, here), (.grey, 51, here)],
        words))
  }

  private var layers: Chart {
    let tiers = site.platform.procedures.all[0].tiers.map { words.pick($0.zh, $0.en) }
    return chart(
      "shares",
      ShareChart(
        heading: words("field.tier"),
        parts: zip(tiers, [2790, 871, 290, 88, 19]).map { ($0, $1, here) }, words))
  }
}

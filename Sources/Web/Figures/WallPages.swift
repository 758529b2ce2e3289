import Domain
import HTTP
import Hummingbird
import Services
import Storage

/// The wall screen of the campaign: figures, map and charts in turn, with nobody at it.
struct WallPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.wall, use: show)
  }

  private static let numbers = [
    "found_count", "resolution_rate", "on_time_rate", "satisfaction", "overdue_count",
    "shelved_count",
  ]

  private func show(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let words = site.words(context)
    let figure = FigureWords(words: words, minimum: site.platform.definitions.minimum)
    let charts = FigureCharts(words: figure, platform: site.platform)
    let ask = AskFigure(site.platform)
    let known = Self.numbers.filter { site.platform.definitions[$0] != nil }
    let totals = try await ask.several(known.map { FigureRequest($0) }, for: account)
    let asked = FigureRequest("overdue_count", by: .county)
    let byCounty = try await ask.several(
      [FigureRequest("on_time_rate", by: .county), asked, FigureRequest("open_by_lamp")],
      for: account)
    let trend = try await ask.several(
      FigureMonths.requests(
        FigureRequest("resolution_rate"), now: site.platform.now(), count: FigureMap.months),
      for: account)
    let map = try await FigureMap(site: site, words: words).draw(
      FigureRequest("resolution_rate"), for: account)
    var drawn: [Chart] = []
    for (index, result) in byCounty.prefix(2).enumerated() {
      let names = try await NameGroups(site.platform)(result)
      if let chart = charts.groups(result, names) { drawn.append(chart.renamed("wall-\(index)")) }
    }
    if let chart = charts.parts(byCounty[2]) { drawn.append(chart.renamed("wall-lamps")) }
    if let chart = charts.trend(trend) { drawn.append(chart.renamed("wall-trend")) }
    let asOf = totals.map(\.query.asOf).max() ?? site.platform.now()
    let screen = WallScreen(
      title: words("wall.title"), asOf: asOf,
      panels: [
        .init(
          id: "numbers", title: words("figures.title"),
          content: .numbers(
            totals.map {
              .init(
                name: figure.text($0.definition.name),
                text: figure.value($0.total, $0.definition),
                isOverdue: $0.definition.code == "overdue_count" && $0.total.denominator > 0)
            })),
        .init(id: "map", title: map.figure.title, content: .map(map.figure)),
        .init(id: "charts", title: words("figures.title"), content: .charts(drawn)),
      ], state: "\(account.id) \(asOf.milliseconds)")
    return screen.answer(site, request, context)
  }
}

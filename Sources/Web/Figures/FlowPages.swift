import Domain
import HTTP
import Hummingbird
import Services
import Storage

/// How problems go through the procedure: how far they came, which layer solved them, and on which days.
struct FlowPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.flow, use: show)
  }

  private func show(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let form = try FigureForm(request)
    let results = try await AskFigure(site.platform).several(form.asked.flow, for: account)
    let words = site.words(context)
    let figure = FigureWords(words: words, minimum: site.platform.definitions.minimum)
    let charts = FigureCharts(words: figure, platform: site.platform)
    var shown = [funnel(results[0], figure), sankey(results[1], results[2], figure)]
    for (id, result) in [("found", results[3]), ("closed", results[4])] {
      if let chart = charts.groups(result, [:]) { shown.append(chart.renamed(id)) }
    }
    var page = form.view(words, site.platform)
    page.merge([
      "url": Route.flow.path, "charts": shown.map { $0.view(words) }, "has_dimensions": false,
      "dimensions": [View](), "instants": figure.instants(results[0].query),
      "period": figure.period(results[0].query), "url_all": FigureAddress.dashboard(form.asked),
    ]) { $1 }
    page.merge(site.figures) { $1 }
    return site.page(
      "flow", page, title: words("flow.title"), request: request, context: context)
  }

  private func funnel(_ result: FigureResult, _ figure: FigureWords) -> Chart {
    let parts = result.definition.beside
    let steps = parts.indices.map { index in
      (
        name: figure.text(parts[index].words), count: result.total.beside[index],
        href: FigureAddress.list(result, .init(.beside(index)))
      )
    }
    let all = (
      name: figure.text(result.definition.denominator.words), count: result.total.denominator,
      href: FigureAddress.list(result, .init(.denominator))
    )
    return Chart(
      id: "funnel", title: figure.text(result.definition.name),
      summary: figure.words(
        "flow.funnel_summary",
        [
          "n": figure.words.count(result.total.denominator),
          "closed": figure.words.count(result.total.beside.last ?? 0),
        ]), note: figure.text(result.definition.printed),
      content: FunnelChart(
        measure: figure.words("figures.problems"), steps: [all] + steps, figure.words))
  }

  /// From where a problem was known through the layer that has it to what became of it.
  private func sankey(
    _ byOrigin: FigureResult, _ byTier: FigureResult, _ figure: FigureWords
  ) -> Chart {
    let words = figure.words
    let ends = byTier.definition.beside
    var nodes: [(id: String, name: String, href: String?, tone: ChartTone)] = []
    var links: [(from: String, to: String, count: Int, href: String?, tone: ChartTone)] = []
    for group in byOrigin.groups {
      nodes.append(
        (
          "o:" + group.key, figure.name(group.key, byOrigin, [:]),
          FigureAddress.list(byOrigin, .init(.denominator, group: group.key)), .muted
        ))
      for (tier, count) in group.tally.shares.sorted(by: { $0.key < $1.key }) {
        links.append(
          (
            "o:" + group.key, "t:" + tier, count,
            FigureAddress.list(byOrigin, .init(.denominator, group: group.key, share: tier)), .muted
          ))
      }
    }
    for group in byTier.groups {
      nodes.append(
        (
          "t:" + group.key, figure.share(group.key, .tier, site.platform),
          FigureAddress.list(byTier, .init(.denominator, group: group.key)), .accent
        ))
      for index in ends.indices {
        links.append(
          (
            "t:" + group.key, "e:\(index)", group.tally.beside[index],
            FigureAddress.list(byTier, .init(.beside(index), group: group.key)),
            index == 0 ? .accent : .muted
          ))
      }
    }
    for index in ends.indices {
      nodes.append(
        (
          "e:\(index)", figure.text(ends[index].words),
          FigureAddress.list(byTier, .init(.beside(index))), index == 0 ? .accent : .muted
        ))
    }
    return Chart(
      id: "tiers", title: figure.text(byTier.definition.name),
      summary: words("flow.tiers_summary", ["n": words.count(byTier.total.denominator)]),
      note: figure.text(byTier.definition.source),
      content: SankeyChart(nodes: nodes, links: links, words))
  }
}

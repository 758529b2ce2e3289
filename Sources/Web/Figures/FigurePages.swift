import Domain
import HTTP
import Hummingbird
import Services
import Storage

/// 统计: the figures of the campaign, each as of any instant, with the problems behind every number.
struct FigurePages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.figures, use: dashboard)
    doors.get(.figure(":code"), use: figure)
    doors.get(.figureProblems(":code"), use: problems)
  }

  /// What leaders look at first: 两率一度, what is late, what came back.
  private static let shown = [
    "resolution_rate", "completion_rate", "on_time_rate", "identification_rate", "satisfaction",
    "redo_rate", "overdue_count", "pairing_coverage",
  ]

  private func dashboard(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let form = try FigureForm(request)
    var asked = form.asked
    asked.dimension = nil
    let known = Self.shown.filter { site.platform.definitions[$0] != nil }
    let results = try await AskFigure(site.platform).several(
      known.map { code in
        var one = asked
        one.code = code
        return one
      }, for: account)
    let words = site.words(context)
    let view = FigureView(words, site.platform, for: account)
    let others = site.platform.definitions.figures.filter { !known.contains($0.code) }
    var page = form.view(words, site.platform)
    page.merge(
      [
        "url": Route.figures.path, "dimensions": [View](), "has_dimensions": false,
        "tiles": results.map(view.tile),
        "others": others.map { definition -> View in
          var one = asked
          one.code = definition.code
          return [
            "name": view.words.text(definition.name), "url": FigureAddress.page(one),
          ]
        },
        "instants": results.first.map { view.words.instants($0.query) } ?? "",
        "period": results.first.map { view.words.period($0.query) } ?? "",
      ]
    ) { $1 }
    page.merge(site.figures) { $1 }
    return site.page(
      "figures", page, title: words("figures.title"), request: request, context: context)
  }

  private func figure(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let form = try FigureForm(request, code: try context.parameters.require("code"))
    var asked = form.asked
    // Where nothing else is asked for, by county; within a county by township.
    if request.query("by").isEmpty { asked.dimension = asked.area == nil ? .county : .township }
    let result = try await AskFigure(site.platform)(asked, for: account)
    let names = try await NameGroups(site.platform)(result)
    let words = site.words(context)
    let view = FigureView(words, site.platform, for: account)
    let charts = FigureCharts(words: view.words, platform: site.platform)
    var whole = asked
    whole.dimension = nil
    let months = try await AskFigure(site.platform).several(
      FigureMonths.requests(whole, now: site.platform.now(), count: FigureMap.months),
      for: account)
    let drawn = [charts.parts(result), charts.groups(result, names), charts.trend(months)]
    var page = form.view(words, site.platform)
    page.merge(view.page(result, names)) { $1 }
    page.merge(site.figures) { $1 }
    page["charts"] = drawn.compactMap { $0?.view(words) }
    page.merge(
      [
        "url": Route.figure(asked.code).path, "url_all": FigureAddress.dashboard(form.asked),
        "dimensions": words.options(
          FigureQuery.Dimension.allCases.map(\.rawValue), named: "figures.by",
          chosen: asked.dimension?.rawValue ?? ""), "has_dimensions": true,
      ]
    ) { $1 }
    return site.page(
      "figure", page, title: view.words.text(result.definition.name), request: request,
      context: context)
  }

  private func problems(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let form = try FigureForm(request, code: try context.parameters.require("code"))
    guard let definition = site.platform.definitions[form.asked.code] else {
      throw RequestError.notFound
    }
    let (which, after) = try form.which(definition)
    let shown = try await ListFigureMembers(site.platform)(
      form.asked, which, after: after, for: account)
    let words = site.words(context)
    let figure = FigureWords(words: words, minimum: site.platform.definitions.minimum)
    let names = try await NameGroups(site.platform)(shown.result)
    let cells = ProblemCells(words, site.platform)
    let markup = ProblemRowMarkup(
      words: words, cells: cells, columns: ListColumn.usual, now: cells.now, ticks: false,
      ticked: false)
    let part = definition.part(which.slice).map { figure.text($0.words) } ?? ""
    let page: View = [
      "name": figure.text(definition.name), "part": part,
      "is_rest": which.slice == .rest,
      "group": which.group.map { figure.name($0, shown.result, names) } ?? "",
      "share": which.share.flatMap { share in
        definition.divided.map { figure.share(share, $0, site.platform) }
      } ?? "",
      "count": words("figures.behind", ["n": words.count(shown.count)]),
      "instants": figure.instants(shown.result.query),
      "period": figure.period(shown.result.query),
      "url_figure": FigureAddress.page(FigureAddress.pinned(shown.result)),
      "headings": markup.headings(), "rows": markup.rows(shown.page.map(\.problem)),
      "is_empty": shown.page.isEmpty,
      "url_next": shown.next.flatMap { FigureAddress.list(shown.result, which, after: $0) } ?? "",
      "has_next": shown.next != nil,
    ]
    return site.page(
      "figure-problems", page, title: figure.text(definition.name), request: request,
      context: context)
  }
}

import Domain
import HTTP
import Hummingbird
import Services
import Storage

/// 挂图作战: counties, townships and villages coloured by a figure, month after month.
struct MapPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.map, use: show)
  }

  private func show(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let code = request.query("figure").isEmpty ? "resolution_rate" : request.query("figure")
    let form = try FigureForm(request, code: code)
    let words = site.words(context)
    let drawn = try await FigureMap(site: site, words: words).draw(form.asked, for: account)
    var page = form.view(words, site.platform)
    page.merge([
      "url": Route.map.path,
      "figures": site.platform.definitions.figures.map { definition -> View in
        [
          "value": definition.code, "name": words.pick(definition.name.zh, definition.name.en),
          "chosen": definition.code == code,
        ]
      },
      "trail": drawn.trail.map { step -> View in
        ["name": step.name, "url": FigureMap.address(step.unit, form.asked)]
      },
      "map": drawn.figure.view(words), "is_empty": drawn.isEmpty,
      "url_figure": FigureAddress.page(drawn.asked),
    ]) { $1 }
    page.merge(site.figures) { $1 }
    return site.page(
      "map", page, title: words("map.title"), request: request, context: context)
  }
}

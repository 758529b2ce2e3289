import Domain
import HTTP
import Hummingbird

/// Every component of the pages in all its states, for those who build and review them. Open to everybody:
/// it shows nothing of the campaign.
struct StyleguidePages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.styleguide) { request, context in
      let words = site.words(context)
      return site.page(
        "styleguide", view(words).merging(site.figures) { $1 }, title: words("styleguide.title"),
        request: request, context: context)
    }
    doors.get(.styleguideWall) { request, context in
      wall(site.words(context)).answer(site, request, context)
    }
  }

  private func wall(_ words: Wording) -> WallScreen {
    let charts = StyleguideFigures(site: site, words: words).charts
    let numbers: [WallScreen.Number] = [
      .init(name: words("styleguide.problems"), text: words.count(4153)),
      .init(name: words("styleguide.on_time"), text: words.amount(0.904, .percent)),
      .init(name: words("styleguide.resolved"), text: words.amount(0.851, .percent)),
      .init(name: words("lamp.red"), text: words.count(36), isOverdue: true),
    ]
    return WallScreen(
      title: words("styleguide.wall"), asOf: Instant(startOf: Day("2026-11-21")!) + 16 * 3600,
      panels: [
        .init(id: "numbers", title: words("styleguide.problems"), content: .numbers(numbers)),
        .init(
          id: "map", title: words("styleguide.on_time"),
          content: .map(StyleguideMap(words: words).figure(id: "wall-map", address: nil))),
        .init(
          id: "charts", title: words("styleguide.figures"),
          content: .charts([charts[0], charts[2], charts[1], charts[6]])),
      ], turn: 8, state: "sample")
  }

  private func view(_ words: Wording) -> View {
    let titles = (1...4).map { words("styleguide.sample.\($0)") }
    let left = ["time.left", "time.left", "time.over"].map {
      words($0, ["span": words.counted("time.day", 3)])
    }
    let rows: [View] = zip(0..., zip([Lamp.red, .yellow, .green, .grey], titles)).map { row in
      let (index, (lamp, title)) = row
      return [
        "number": words.number(Int64(index + 1)), "title": title, "lamp": words.lamp(lamp),
        "left": lamp == .grey ? "" : left[lamp == .red ? 2 : 0], "chosen": index == 1,
        "state": words(
          "state.\([ProblemState.inProgress, .assigned, .claimed, .shelved][index].rawValue)"),
        "count": String([1204, 87, 6, 0][index]),
      ]
    }
    return [
      "url": Route.styleguide.path, "rows": rows,
      "charts": StyleguideFigures(site: site, words: words).charts.map { $0.view(words) },
      "map": StyleguideMap(words: words).figure(
        id: "sample-map", address: Route.styleguide.path + "#figures"
      ).view(words),
      "url_wall": Route.styleguideWall.path,
      "lamps": [Lamp.green, .yellow, .red, .grey].map { words.lamp($0) },
      "colors": [
        "ground", "raised", "hover", "line", "edge", "text", "muted", "accent", "chosen", "red",
        "yellow", "green",
      ].map { ["name": $0] as View },
      "progress": [ProblemState.registered, .judged, .assigned, .claimed, .closed].enumerated()
        .map { index, state in
          [
            "name": words("state.\(state.rawValue)"), "done": index < 2, "current": index == 2,
          ] as View
        },
    ]
  }
}

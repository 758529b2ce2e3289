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
        "styleguide", view(words), title: words("styleguide.title"), request: request,
        context: context)
    }
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

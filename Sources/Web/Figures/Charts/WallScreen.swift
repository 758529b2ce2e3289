import Domain
import HTTP
import HTTPTypes
import Hummingbird
import NIOCore
import Services

/// A page for a screen on the wall: panels in turn, large, in the dark, without anybody at it. wall.js turns
/// them and asks for the page again by itself; figures only, no personal data.
struct WallScreen: Sendable {
  struct Number: Sendable {
    let name: String
    let text: String
    /// Overdue, and nothing else.
    var isOverdue = false
  }

  struct Panel: Sendable {
    enum Content: Sendable {
      case numbers([Number])
      case charts([Chart])
      case map(MapFigure)
    }

    /// Unique on the page.
    let id: String
    let title: String
    let content: Content
  }

  let title: String
  /// What the figures are as of.
  let asOf: Instant
  let panels: [Panel]
  /// For so many seconds each panel is shown.
  var turn = 20
  /// After so many seconds the figures are asked for again.
  var refresh = 60

  /// Differs when the figures do: nothing is sent again while it and the program are the same.
  let state: String

  func answer(_ site: Site, _ request: Request, _ context: AppContext) -> Response {
    let words = site.words(context)
    let tag = "\"\(Version.text) \(context.language.rawValue) \(state)\""
    let headers: HTTPFields = [
      .contentType: "text/html; charset=utf-8", .eTag: tag, .cacheControl: "private, no-cache",
    ]
    if request.headers[.ifNoneMatch] == tag {
      return Response(status: .notModified, headers: headers)
    }
    var view = view(words)
    view.merge(site.figures) { $1 }
    view.merge([
      "language": context.language.tag, "asset_css": site.assets["app.css"],
      "asset_icon": site.assets["icon.svg"], "asset_wall": site.assets["wall.js"],
      "url": request.uri.string, "wall_tag": tag,
    ]) { $1 }
    let text = site.views.render("figures-wall", view, context.language)
    return Response(
      status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(string: text)))
  }

  private func view(_ words: Wording) -> View {
    [
      "wall_title": title, "as_of": words.time(asOf), "turn": String(turn),
      "refresh": String(refresh),
      "panels": panels.enumerated().map { index, panel -> View in
        var view: View = [
          "panel_id": panel.id, "panel_title": panel.title, "is_first": index == 0,
          "numbers": [View](), "charts": [View](), "map": false,
        ]
        switch panel.content {
        case .numbers(let numbers):
          view["numbers"] = numbers.map {
            ["name": $0.name, "text": $0.text, "is_overdue": $0.isOverdue] as View
          }
        case .charts(let charts): view["charts"] = charts.map { $0.view(words) }
        case .map(let map): view["map"] = map.view(words)
        }
        return view
      },
    ]
  }
}

import Foundation
import HTTP

/// A chart on a page: what it shows as JSON, which charts.js draws, and as a table. The template is
/// `figures-chart.mustache`; a page with one shows `Site.figures` too.
struct Chart: Sendable {
  /// Unique on the page.
  let id: String
  let title: String
  /// In one sentence what a glance at it tells.
  let summary: String
  /// The definition (口径) and what is left out.
  var note = ""
  let content: any ChartContent

  /// Two of a kind on a page need names of their own.
  func renamed(_ id: String) -> Chart {
    Chart(id: id, title: title, summary: summary, note: note, content: content)
  }

  func view(_ words: Wording) -> View {
    var view = content.table(words).view
    view.merge([
      "chart_id": id, "chart_kind": type(of: content).kind, "chart_title": title,
      "chart_summary": summary, "chart_note": note.orFalse, "chart_json": ChartJSON.text(content),
      "legend": content.legend(words).map(\.view),
    ]) { $1 }
    return view
  }
}

/// What one kind of chart shows.
protocol ChartContent: Encodable, Sendable {
  /// The name of the function that draws it.
  static var kind: String { get }
  /// The same values as its JSON has.
  func table(_ words: Wording) -> ChartTable
  /// What stands beneath it; empty where the chart names its parts itself.
  func legend(_ words: Wording) -> [ChartLegend]
}

extension ChartContent {
  func legend(_ words: Wording) -> [ChartLegend] { [] }
}

/// A colour, and a shape or pattern, with what it stands for.
struct ChartLegend: Sendable {
  /// `level-3`, `few`, `none`, `green`
  let swatch: String
  /// Of a lamp.
  var mark = ""
  let name: String
  var text = ""
  var href: String?

  var view: View {
    [
      "swatch": swatch, "mark": mark.orFalse, "name": name, "text": text.orFalse,
      "legend_url": (href ?? "").orFalse,
    ]
  }
}

enum ChartJSON {
  /// For a script element of type `application/json`: nothing in it can end the element.
  static func text(_ content: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "", negativeInfinity: "", nan: "")
    // Names and numbers: there is nothing left that could fail.
    let json = try! encoder.encode(content)
    // Byte by byte: under a combining accent it would be another character.
    let text = json.split(separator: UInt8(ascii: "<"), omittingEmptySubsequences: false)
      .joined(separator: "\\u003c".utf8)
    return String(decoding: Array(text), as: UTF8.self)
  }
}

extension Site {
  /// The files of figures, for the page's head: to be merged into the view of a page that has any.
  var figures: View {
    [
      "has_figures": true, "asset_figures": assets["figures.css"],
      "asset_charts": assets["charts.js"], "asset_echarts": assets["echarts.js"],
      "asset_map": assets["map.js"],
    ]
  }
}

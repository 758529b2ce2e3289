import Domain
import HTTP

/// 挂图作战: units on a map, coloured by a figure, on one day or on several in turn. map.js draws it; the
/// template is `figures-map.mustache`.
struct MapFigure: Sendable {
  /// What is known of a unit on a day.
  struct Area: Encodable, Sendable {
    let text: String
    /// From 1; 0 where there is no value, nil where it rests on too few cases.
    let level: Int?
    let n: Int?
    /// `甲`, `A`; empty where none is given.
    let grade: String
    let href: String?

    /// - Parameters:
    ///   - value: nil where there is none.
    ///   - n: of how many it is said; below `minimum` it is told but not coloured. Nil where the value is a
    ///     number of cases itself.
    init(
      _ value: Double?, _ unit: ChartUnit, of n: Int? = nil, minimum: Int = 0, grade: String = "",
      href: String? = nil, in classes: ScaleClasses, _ words: Wording
    ) {
      let value = value.flatMap { $0.isFinite ? $0 : nil }
      let isFew = n.map { $0 < minimum } ?? false
      text = words.amount(value, unit)
      level = value.map { isFew ? nil : classes.level(of: $0) } ?? 0
      self.n = n
      self.grade = isFew ? "" : grade
      self.href = href
    }
  }

  struct Frame: Encodable, Sendable {
    /// The day, as the reader's language writes it.
    let label: String
    /// One for each unit, in their order.
    let areas: [Area]
  }

  private struct Drawn: Encodable {
    struct Unit: Encodable {
      let unit: String
      let name: String
    }
    let units: [Unit]
    let frames: [Frame]
    let words: [String: String]
  }

  /// Unique on the page.
  let id: String
  let title: String
  let summary: String
  var note = ""
  /// What the colour says: `按期办结率`.
  let measure: String
  let unit: ChartUnit
  let classes: ScaleClasses
  /// Below so many cases a value is not coloured.
  var minimum = 0
  let units: [(unit: UnitID, name: String)]
  /// From the first day to the last, at most 24.
  let frames: [Frame]
  /// Where the outlines are asked for; nil where `outlines` has them.
  var address: String?
  var outlines: OutlineView?

  func view(_ words: Wording) -> View {
    let drawn = Drawn(
      units: units.map { .init(unit: $0.unit.description, name: $0.name) }, frames: frames,
      words: [
        "play": words("map.play"), "pause": words("map.pause"), "cases": words("chart.cases"),
        "few": words("map.few", ["n": String(minimum)]),
      ])
    var view = table(words).view
    view.merge([
      "chart_id": id, "chart_title": title, "chart_summary": summary, "chart_note": note.orFalse,
      "chart_json": ChartJSON.text(drawn), "legend": legend(words).map(\.view),
      "outlines_url": (address ?? "").orFalse,
      "outlines_json": (outlines.map { ChartJSON.text($0) } ?? "").orFalse, "measure": measure,
      "has_time": frames.count > 1, "last_frame": String(frames.count - 1),
      "frame_label": frames.last?.label ?? "",
      "areas": zip(units, frames.last?.areas ?? []).map { unit, area -> View in
        [
          "unit": unit.unit.description, "name": unit.name, "text": area.text,
          "area_url": (area.href ?? "").orFalse, "swatch": swatch(area),
        ]
      },
    ]) { $1 }
    return view
  }

  private func swatch(_ area: Area) -> String {
    area.level.map { $0 == 0 ? "none" : "level-\($0)" } ?? "few"
  }

  private func legend(_ words: Wording) -> [ChartLegend] {
    var legend = classes.legend(unit, words)
    if minimum > 0 {
      legend.append(ChartLegend(swatch: "few", name: words("map.few", ["n": String(minimum)])))
    }
    return legend + [ChartLegend(swatch: "none", name: words("map.no_data"))]
  }

  /// On one day with the cases and grades, on several one column for each day.
  private func table(_ words: Wording) -> ChartTable {
    guard let last = frames.last else { return ChartTable(columns: [], rows: []) }
    let place = ChartTable.Column(name: words("map.place"), isAmount: false)
    if frames.count > 1 {
      return ChartTable(
        columns: [place] + frames.map { .init(name: $0.label) },
        rows: units.indices.map { index in
          [.init(units[index].name, href: last.areas[index].href)]
            + frames.map { frame in
              .init(frame.areas[index].text, href: frame.areas[index].href)
            }
        })
    }
    let hasGrade = last.areas.contains { !$0.grade.isEmpty }
    let hasN = last.areas.contains { $0.n != nil }
    return ChartTable(
      columns: [place, .init(name: measure)] + (hasN ? [.init(name: words("chart.cases"))] : [])
        + (hasGrade ? [.init(name: words("map.grade"), isAmount: false)] : []),
      rows: zip(units, last.areas).map { unit, area in
        [.init(unit.name, href: area.href), .init(area.text)]
          + (hasN ? [.init(area.n.map(words.count) ?? "—")] : [])
          + (hasGrade ? [.init(area.grade)] : [])
      })
  }
}

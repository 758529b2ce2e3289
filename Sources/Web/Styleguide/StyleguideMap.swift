import Domain
import HTTP

/// An invented city on the map, over twelve months.
struct StyleguideMap {
  let words: Wording

  /// The corners of its counties, in hundredths of a degree.
  private static let city: [[(Int, Int)]] = [
    [(0, 0), (34, 4), (40, 22), (22, 38), (2, 30)],
    [(34, 4), (70, -4), (80, 20), (58, 34), (40, 22)],
    [(40, 22), (58, 34), (54, 60), (30, 58), (22, 38)],
    [(58, 34), (80, 20), (104, 30), (98, 62), (70, 70), (54, 60)],
    [(0, 0), (-4, -26), (26, -34), (48, -20), (70, -4), (34, 4)],
    [(70, -4), (48, -20), (60, -44), (96, -38), (112, -6), (104, 30), (80, 20)],
  ]

  func figure(id: String, address: String?) -> MapFigure {
    let units = (1...8).map {
      (
        unit: UnitID(Int64($0)),
        name: words("styleguide.place", ["n": String(UnicodeScalar(UInt8(64 + $0)))])
      )
    }
    let classes = ScaleClasses(limits: [0.6, 0.7, 0.8, 0.9])
    let frames = (1...12).map { month in
      MapFigure.Frame(
        label: words.day(Day("2026-\(month < 10 ? "0" : "")\(month)-28")!),
        areas: units.indices.map { index in
          let value = 0.5 + Double((index * 37 + 11) % 30) / 100 + Double(month) / 60
          return MapFigure.Area(
            index == 4 ? nil : value, .percent,
            of: index == 4 ? 0 : index == 2 ? 7 : 60 + index * 9,
            minimum: 10, grade: value > 0.8 ? "A" : "B", href: address, in: classes, words)
        })
    }
    let outlines = zip(units, Self.city).map { unit, corners in
      let ring = (corners + [corners[0]]).map { x, y in
        Outline.Position(longitude: 1_000_000 + x * 100, latitude: 300_000 + y * 100)
      }
      return (unit: unit.unit, outline: Outline(polygons: [[ring]])!)
    }
    return MapFigure(
      id: id, title: words("styleguide.chart.map"), summary: words("styleguide.chart.map_summary"),
      measure: words("styleguide.on_time"), unit: .percent, classes: classes, minimum: 10,
      units: units, frames: frames, outlines: OutlineView(outlines))
  }
}

import Domain
import HTTP
import Services
import Storage

/// Draws a figure on the map of what lies below a unit.
struct FigureMap {
  let site: Site
  let words: Wording

  struct Drawn {
    let asked: FigureRequest
    let figure: MapFigure
    /// From the city down to what is shown.
    let trail: [(unit: UnitID, name: String)]
    let isEmpty: Bool
  }

  /// Months before that can be looked at.
  static let months = 12

  static func address(_ unit: UnitID, _ asked: FigureRequest) -> String {
    var asked = asked
    asked.area = unit
    return Route.map.path(
      query: [("figure", asked.code)] + FigureAddress.pairs(asked).filter { $0.0 != "by" })
  }

  /// - Throws: `UseCaseError.notFound`, `.forbidden`
  func draw(_ request: FigureRequest, for account: Account) async throws -> Drawn {
    let ground = try await ShowGround(site.platform)(request.area, for: account)
    var asked = request
    asked.area = ground.level == .city ? nil : ground.unit
    asked.dimension =
      switch ground.level {
      case .city: .county
      case .county: .township
      case .township, .village: .village
      }
    let requests = FigureMonths.requests(asked, now: site.platform.now(), count: FigureMap.months)
    let results = try await AskFigure(site.platform).several(requests, for: account)
    let last = results[results.count - 1]
    let figure = FigureWords(words: words, minimum: site.platform.definitions.minimum)
    let charts = FigureCharts(words: figure, platform: site.platform)
    let definition = last.definition
    let unit = charts.unit(definition)
    let values = results.flatMap { result in
      result.groups.compactMap { charts.number($0.tally, definition) }
    }
    let classes =
      definition.measure == .percent
      ? ScaleClasses(limits: [0.6, 0.7, 0.8, 0.9]) : ScaleClasses(quantilesOf: values)
    let frames = results.map { result in
      let tallies = Dictionary(
        result.groups.map { ($0.key, $0.tally) }, uniquingKeysWith: { one, _ in one })
      return MapFigure.Frame(
        label: figure.time(result.query.asOf),
        areas: ground.children.map { child in
          let tally = tallies[String(child.unit.value)] ?? Tally(definition)
          return MapFigure.Area(
            tally.denominator == 0 && definition.measure == .percent
              ? nil : charts.number(tally, definition), unit,
            of: definition.measure == .percent ? tally.denominator : nil,
            minimum: site.platform.definitions.minimum,
            grade: Grade(tally, definition, minimum: site.platform.definitions.minimum)?.rawValue
              ?? "", href: href(child, result), in: classes, words)
        })
    }
    let name = figure.text(definition.name)
    return Drawn(
      asked: asked,
      figure: MapFigure(
        id: "map", title: "\(ground.trail.last?.name ?? "") · \(name)",
        summary: words("map.summary", ["name": name, "n": String(ground.children.count)]),
        note: figure.text(definition.printed), measure: name, unit: unit, classes: classes,
        minimum: site.platform.definitions.minimum, units: ground.children, frames: frames,
        address: OutlinePages.address(below: ground.unit)),
      trail: ground.trail, isEmpty: ground.children.isEmpty)
  }

  /// Further down the map; of a village to what is behind its number.
  private func href(_ child: (unit: UnitID, name: String), _ result: FigureResult) -> String? {
    if result.query.dimension == .village {
      return FigureAddress.list(result, .init(.denominator, group: String(child.unit.value)))
    }
    return FigureMap.address(child.unit, FigureAddress.pinned(result))
  }
}

import Domain
import HTTPTypes
import Services
import Storage

/// Figures: what there are, one with its groups, the problems behind a number, and the map's outlines.
enum FigureEndpoints {
  static let list: [Endpoint] = [all, ask, members, flow, outlines]

  private static let code = Schema.text(least: 1, most: 100)

  private static let filters: [Endpoint.Parameter] = [
    .init("as_of", .text(least: 1, most: 40)), .init("known", .text(least: 1, most: 40)),
    .init("from", .day), .init("to", .day), .init("area", .id), .init("unit", .id),
    .init("track", .text(least: 1, most: 100)),
  ]

  private static let dimension = Endpoint.Parameter(
    "by", .choice(FigureQuery.Dimension.allCases.map(\.rawValue)))

  private static func asked(_ call: Call, _ code: String) throws -> FigureRequest {
    func instant(_ name: String) throws -> Instant? {
      guard !call[name].isEmpty else { return nil }
      guard let instant = FigureRequest.instant(call[name]) else {
        throw APIError(.badRequest, "bad_query", faults: [.init("/\(name)", .format)])
      }
      return instant
    }
    let track: Track? = call.word("track")
    guard track != nil || call["track"].isEmpty else {
      throw APIError(.badRequest, "bad_query", faults: [.init("/track", .choice)])
    }
    var asked = FigureRequest(
      code, area: call.id(query: "area"), track: track,
      handler: call.id(query: "unit"), by: call.word("by"))
    asked.asOf = try instant("as_of")
    switch call["known"] {
    case "", "then": break
    case "now": asked.knownOn = .now
    default: asked.knownOn = try instant("known").map { .on($0) }
    }
    let (from, to) = (call.day("from"), call.day("to"))
    asked.period = FigureRequest.period(from: from, to: to)
    if asked.period == nil, from != nil || to != nil {
      throw APIError(.badRequest, "bad_query", faults: [.init("/to", .tooSmall)])
    }
    return asked
  }

  private static func answer(
    _ result: FigureResult, _ platform: Platform
  ) async throws -> FigureShapes.Answer {
    .init(
      result: result, names: try await NameGroups(platform)(result),
      minimum: platform.definitions.minimum)
  }

  private static let all = Endpoint.list(
    "/figures", "listFigures", .figures, isPaged: false, FigureShapes.definition
  ) { call in Listed(call.platform.definitions.figures) }

  private static let ask = Endpoint.get(
    "/figures/{code}", "askFigure", .figures, query: filters + [dimension],
    places: ["code": code], FigureShapes.answer
  ) { call in
    let result = try await AskFigure(call.platform)(
      asked(call, call.place("code")), for: call.account)
    return Found(try await answer(result, call.platform))
  }

  private static let members = Endpoint.list(
    "/figures/{code}/problems", "listFigureProblems", .figures,
    query: filters + [
      dimension, .init("slice", .text(least: 1, most: 120)),
      .init("group", .text(least: 1, most: 100)),
      .init("share", .text(least: 1, most: 100)),
    ], places: ["code": code], FigureShapes.member
  ) { call in
    let asked = try asked(call, call.place("code"))
    guard let definition = call.platform.definitions[asked.code] else {
      throw UseCaseError.notFound
    }
    guard let slice = definition.slice(named: call["slice"]) else {
      throw APIError(.badRequest, "bad_query", faults: [.init("/slice", .choice)])
    }
    let which = ListFigureMembers.Which(
      slice, group: ListFigureMembers.Which.key(call["group"]),
      share: ListFigureMembers.Which.key(call["share"]))
    let shown = try await ListFigureMembers(call.platform)(
      asked, which, after: call.cursor { FigureMember($0) }, limit: call.limit,
      for: call.account)
    return Listed(shown.page, next: shown.next?.text)
  }

  private static let flow = Endpoint.list(
    "/flow", "showFlow", .figures, query: filters, isPaged: false, FigureShapes.answer
  ) { call in
    let results = try await AskFigure(call.platform).several(
      asked(call, "").flow, for: call.account)
    var answers: [FigureShapes.Answer] = []
    for result in results { answers.append(try await answer(result, call.platform)) }
    return Listed(answers)
  }

  private static let outlines = Endpoint.list(
    "/map/{id}/outlines", "listMapOutlines", nil, isPaged: false, FigureShapes.area
  ) { call in
    let outlines = try await ShowOutlines(call.platform)(below: call.id())
    return Listed(outlines.map { FigureShapes.Area(unit: $0.unit, outline: $0.outline) })
  }
}

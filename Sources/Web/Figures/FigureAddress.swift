import Domain
import Services
import Storage

/// Addresses of figures and of the lists behind their numbers: all that was asked stands in them, so that
/// the same address gives the same number later.
enum FigureAddress {
  /// A figure's page.
  static func page(_ request: FigureRequest) -> String {
    Route.figure(request.code).path(query: pairs(request))
  }

  static func dashboard(_ request: FigureRequest) -> String {
    Route.figures.path(query: pairs(request).filter { $0.0 != "by" })
  }

  /// The problems behind one number of a result; nil where these are not problems.
  static func list(
    _ result: FigureResult, _ which: ListFigureMembers.Which, after: FigureMember? = nil
  ) -> String? {
    list(result.definition, result.query, which, after: after)
  }

  static func list(
    _ definition: Definition, _ query: FigureQuery, _ which: ListFigureMembers.Which,
    after: FigureMember? = nil
  ) -> String? {
    guard definition.subject != .targets else { return nil }
    return Route.figureProblems(definition.code).path(
      query: pairs(pinned(definition, query)) + [
        ("slice", definition.name(of: which.slice)), ("group", group(which.group)),
        ("share", group(which.share)),
        ("after", after?.text ?? ""),
      ])
  }

  /// The figure that was computed, with its instants written down.
  static func pinned(_ result: FigureResult) -> FigureRequest {
    pinned(result.definition, result.query)
  }

  private static func pinned(_ definition: Definition, _ query: FigureQuery) -> FigureRequest {
    FigureRequest(
      definition.code, asOf: query.asOf,
      knownOn: query.knownOn == query.asOf ? nil : .on(query.knownOn), period: query.period,
      area: query.area?.unit, track: query.track, handler: query.handler, by: query.dimension)
  }

  static func pairs(_ request: FigureRequest) -> [(String, String)] {
    let known: String? =
      switch request.knownOn {
      case nil: nil
      case .now: "now"
      case .on(let instant): text(instant)
      }
    let values: [(String, String?)] = [
      ("as_of", request.asOf.map(text)), ("known", known),
      ("from", request.period?.from.description), ("to", request.period?.to.description),
      ("area", request.area?.description), ("track", request.track?.rawValue),
      ("unit", request.handler?.description), ("by", request.dimension?.rawValue),
    ]
    return values.compactMap { pair in pair.1.map { (pair.0, $0) } }
  }

  /// A day for its end, else the instant to the millisecond.
  static func text(_ instant: Instant) -> String {
    instant == Instant(startOf: instant.day)
      ? (instant.day + -1).description : String(instant.preciseDescription.dropLast(6))
  }

  /// A group or a share without a value has an empty key, which an address must be able to say.
  private static func group(_ key: String?) -> String { key.map { $0.isEmpty ? "-" : $0 } ?? "" }
}

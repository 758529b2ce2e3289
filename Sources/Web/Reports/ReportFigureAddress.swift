import Domain
import Services

/// Where the problems behind a report's number are listed.
struct ReportFigureAddress {
  let content: ReportContent
  let definitions: Definitions

  /// Which number of a figure.
  struct Which {
    var asOf: Instant
    var days: FigureQuery.Period?
    var by: FigureQuery.Dimension?
    var group: String?
    var slice = Definition.Slice.denominator
    var share: String?
  }

  /// - Returns: nil for what is no list of problems.
  func path(_ code: String, _ which: Which) -> String? {
    guard let definition = definitions[code], let unit = content.subject.unit else { return nil }
    let query = FigureQuery(
      asOf: which.asOf, knownOn: content.knownOn, period: which.days,
      area: content.face == .county ? .init(level: .county, unit: unit) : nil,
      handler: content.face == .unit ? unit : nil, by: which.by)
    return FigureAddress.list(
      definition, query, .init(which.slice, group: which.group, share: which.share))
  }

  /// Of the period before, as of its end.
  func before(isOfPeriod: Bool) -> Which {
    let before = content.period.previous
    return Which(asOf: before.end, days: isOfPeriod ? before.days : nil)
  }

  func now(isOfPeriod: Bool) -> Which {
    Which(asOf: content.asOf, days: isOfPeriod ? content.period.days : nil)
  }

  /// The slice of what is printed beside a figure.
  func slice(_ code: String, of figure: String) -> Definition.Slice {
    guard let definition = definitions[figure] else { return .denominator }
    return definition.exclusions.firstIndex { $0.code == code }.map { .exclusion($0) }
      ?? definition.beside.firstIndex { $0.code == code }.map { .beside($0) } ?? .denominator
  }
}

/// What the reports consist of: data, so that a city changes them without a new program
/// (`Resources/reports.json`).
package struct ReportLayout: Hashable, Sendable, Codable {
  package let version: Int
  /// So many lines of a list are written down; how many there are is always printed.
  package let lines: Int
  package let kinds: [Kind]

  package init(version: Int, lines: Int, kinds: [Kind]) {
    (self.version, self.lines, self.kinds) = (version, lines, kinds)
  }

  package subscript(kind: ReportKind) -> Kind? { kinds.first { $0.kind == kind } }

  /// Whose report it is, as far as its form depends on it.
  package enum Face: String, Hashable, Sendable, Codable, CaseIterable {
    case city, county
    /// Any other unit: what it leads.
    case unit
    case official
  }

  package struct Kind: Hashable, Sendable, Codable {
    package let kind: ReportKind
    package let zh: String
    package let en: String
    package let periods: [ReportPeriod.Length]
    package let sections: [Section]

    package var words: Definition.Words { .init(zh: zh, en: en) }

    /// In their order; none where the kind is not made for such a face.
    package func sections(for face: Face) -> [Section] {
      sections.filter { $0.faces.contains(face) }
    }
  }

  /// A heading with one generated part below it, or with none where only words stand there.
  package struct Section: Hashable, Sendable, Codable {
    package let code: String
    package let zh: String
    package let en: String
    package let faces: [Face]
    /// Codes of definitions: now, the period before, the difference.
    package let figures: [String]?
    package let table: Table?
    package let list: List?
    package let deeds: Deeds?

    package var words: Definition.Words { .init(zh: zh, en: en) }

    enum CodingKeys: String, CodingKey {
      case code, zh, en, figures, table, list, deeds
      case faces = "for"
    }
  }

  package struct Table: Hashable, Sendable, Codable {
    package let by: FigureQuery.Dimension
    package let figures: [String]

    /// Those whose groups have names.
    package static let dimensions: [FigureQuery.Dimension] = [
      .county, .township, .village, .unit, .track, .category, .tier,
    ]
  }

  /// The problems that a figure counts.
  package struct List: Hashable, Sendable, Codable {
    package let figure: String
    /// Which days; nil for a figure of an instant.
    package let period: Which?
    package let columns: [Column]

    package enum Which: String, Hashable, Sendable, Codable { case this, next, previous }
  }

  package enum Column: String, Hashable, Sendable, Codable, CaseIterable {
    /// The day it became a member of the period: found, closed, assigned.
    case day
    case unit, due, lamp, milestone, outcome, review
    /// What an official did.
    case deed
  }

  /// What an official did and has before them.
  package enum Deeds: String, Hashable, Sendable, Codable, CaseIterable {
    /// What they registered.
    case registered
    /// What they did on their lines: acknowledged, fed back, answered.
    case lines
    /// What was closed of all that.
    case closed
    case visits
    /// The next period's dates.
    case coming
  }
}

extension ReportLayout {
  /// What is wrong first, in words; nil where nothing is.
  package func fault(_ definitions: Definitions) -> String? {
    if lines < 1 { return "lines: at least one" }
    var seen: Set<ReportKind> = []
    for kind in kinds {
      let name = kind.kind.rawValue
      if !seen.insert(kind.kind).inserted { return "\(name) stands there twice" }
      if kind.periods.isEmpty { return "\(name): no periods" }
      var codes: Set<String> = []
      for section in kind.sections {
        let place = "\(name)/\(section.code)"
        if !codes.insert(section.code).inserted { return "\(place) stands there twice" }
        if !section.code.isPlainCode { return "\(place): a code is lower-case letters and digits" }
        if let fault = section.fault(definitions) { return "\(place): \(fault)" }
      }
    }
    return nil
  }
}

extension ReportLayout.Section {
  fileprivate func fault(_ definitions: Definitions) -> String? {
    if faces.isEmpty { return "for nobody" }
    let parts = [figures != nil, table != nil, list != nil, deeds != nil].count { $0 }
    if parts > 1 { return "one of figures, table, list and deeds" }
    let isOfficial = faces.contains(.official)
    if isOfficial && faces.count > 1 { return "officials have sections of their own" }
    // No figures of persons: DOMAIN.md 6.
    if isOfficial && (figures != nil || table != nil || list != nil) {
      return "officials have deeds and words"
    }
    if !isOfficial && deeds != nil { return "only officials have deeds" }
    if let table, !ReportLayout.Table.dimensions.contains(table.by) {
      return "no table is made by \(table.by.rawValue)"
    }
    for code in (figures ?? []) + (table?.figures ?? []) + (list.map { [$0.figure] } ?? []) {
      guard let definition = definitions[code] else { return "no figure \(code)" }
      if definition.subject == .targets, faces.contains(.unit) {
        return "\(code) counts what nobody leads"
      }
      if let list {
        if definition.subject == .targets { return "\(code) counts no problems" }
        if (definition.member == nil) != (list.period == nil) {
          return "a period belongs to figures that have one, and to no others"
        }
      }
    }
    return nil
  }
}

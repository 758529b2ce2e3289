/// How units are scored: data, printed with every sheet (`Resources/score-formula.json`, docs/sheets.md).
package struct ScoreFormula: Hashable, Sendable, Codable {
  /// One figure, and how its value becomes points.
  package struct Component: Hashable, Sendable, Codable {
    /// A percentage of `definitions.json`; which way is good is its definition's.
    package let figure: String
    package let kinds: [SheetKind]
    /// Of a hundred.
    package let weight: Int
    /// The sheet's month and those before it; nil for all that came before its end.
    package let months: Int?
    /// Percent that gives no points, and percent that gives a hundred; between them in proportion.
    package let zero: Int
    package let full: Int
    /// The exclusion of its definition that says what is missing, shown as loudly as the value.
    package let missing: String?

    package init(
      figure: String, kinds: [SheetKind], weight: Int, months: Int? = nil, zero: Int, full: Int,
      missing: String? = nil
    ) {
      (self.figure, self.kinds, self.weight) = (figure, kinds, weight)
      (self.months, self.zero, self.full, self.missing) = (months, zero, full, missing)
    }
  }

  /// Units that are compared with each other only.
  package struct PeerGroup: Hashable, Sendable, Codable {
    package let code: String
    package let zh: String
    package let en: String
    package let kind: SheetKind
    /// Units that belong to it whatever their names end in.
    package let names: [String]
    /// Of units' names: the longest that fits decides; the empty one takes all others.
    package let endings: [String]

    package init(
      code: String, zh: String, en: String, kind: SheetKind, names: [String] = [],
      endings: [String]
    ) {
      (self.code, self.zh, self.en, self.kind) = (code, zh, en, kind)
      (self.names, self.endings) = (names, endings)
    }
  }

  package let code: String
  /// Raised with every change; each sheet states the version it got.
  package let version: Int
  package let zh: String
  package let en: String
  package let source: Definition.Words
  /// Working days in which units may object to a preview.
  package let objectionDays: Int
  /// Of a hundred: a unit whose counted components weigh less is not scored.
  package let leastWeight: Int
  /// From how many points on it is grade A, B and C; less is D.
  package let grades: [Int]
  package let components: [Component]
  package let groups: [PeerGroup]

  enum CodingKeys: String, CodingKey {
    case code, version, zh, en, source, grades, components, groups
    case objectionDays = "objection_working_days"
    case leastWeight = "least_weight"
  }

  package init(
    code: String, version: Int, zh: String, en: String, source: Definition.Words,
    objectionDays: Int, leastWeight: Int, grades: [Int], components: [Component],
    groups: [PeerGroup]
  ) {
    (self.code, self.version, self.zh, self.en) = (code, version, zh, en)
    (self.source, self.objectionDays, self.leastWeight) = (source, objectionDays, leastWeight)
    (self.grades, self.components, self.groups) = (grades, components, groups)
  }

  /// Scores nobody.
  package static let none = ScoreFormula(
    code: "", version: 0, zh: "", en: "", source: .init(zh: "", en: ""), objectionDays: 0,
    leastWeight: 0, grades: [], components: [], groups: [])

  package func components(of kind: SheetKind) -> [Component] {
    components.filter { $0.kinds.contains(kind) }
  }

  package func groups(of kind: SheetKind) -> [PeerGroup] { groups.filter { $0.kind == kind } }

  /// The group a unit is compared in; nil where none takes it.
  package func group(of name: String, _ kind: SheetKind) -> PeerGroup? {
    let groups = groups(of: kind)
    if let named = groups.first(where: { $0.names.contains(name) }) { return named }
    func length(_ group: PeerGroup) -> Int? {
      group.endings.filter { name.hasSuffix($0) || $0.isEmpty }.map(\.count).max()
    }
    return groups.filter { length($0) != nil }.max { length($0)! < length($1)! }
  }

  package func grade(_ points: Points) -> Grade {
    let reached = grades.firstIndex { points >= Points(whole: $0) }
    return Grade.allCases[reached ?? grades.count]
  }
}

extension ScoreFormula.Component {
  /// The days that count for a month's sheet; nil for all that came before its end.
  package func period(_ month: SheetMonth) -> FigureQuery.Period? {
    months.map { .init(from: month.first.adding(months: 1 - $0), to: month.last) }
  }

  /// What is asked of the figure for a month's sheet.
  package func query(
    _ kind: SheetKind, _ month: SheetMonth, knownOn: Instant
  ) -> FigureQuery {
    FigureQuery(asOf: month.end, knownOn: knownOn, period: period(month), by: kind.dimension)
  }
}

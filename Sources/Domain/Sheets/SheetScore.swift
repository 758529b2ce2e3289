/// Makes a sheet's lines of what was counted: points by the formula, a place among peers.
package struct SheetScore: Sendable {
  package let kind: SheetKind
  package let formula: ScoreFormula
  /// Of the components, in their order.
  package let definitions: [Definition]
  package let minimum: Int

  package init(
    _ kind: SheetKind, _ formula: ScoreFormula, definitions: [Definition], minimum: Int
  ) {
    (self.kind, self.formula) = (kind, formula)
    (self.definitions, self.minimum) = (definitions, minimum)
  }

  /// A unit with a line on the sheet, as it was called.
  package struct Entry: Hashable, Sendable {
    package let unit: UnitID
    package let name: String

    package init(_ unit: UnitID, _ name: String) { (self.unit, self.name) = (unit, name) }
  }

  private var components: [ScoreFormula.Component] { formula.components(of: kind) }

  /// - Parameter results: of the components, in their order.
  package func totals(_ results: [FigureResult]) -> [SheetContent.Count] {
    zip(components, results).map { count($1.total, $0) }
  }

  /// - Parameter results: of the components, in their order, by unit.
  package func groups(_ entries: [Entry], _ results: [FigureResult]) -> [SheetContent.Group] {
    let tallies = results.map { result in
      Dictionary(uniqueKeysWithValues: result.groups.map { ($0.key, $0.tally) })
    }
    let lines = entries.map { entry in
      let key = String(entry.unit.value)
      let counts = components.indices.map { index in
        count(tallies[index][key] ?? Tally(definitions[index]), components[index])
      }
      return (entry: entry, counts: counts, score: score(counts))
    }
    return formula.groups(of: kind).compactMap { group in
      let members = lines.filter { formula.group(of: $0.entry.name, kind)?.code == group.code }
      if members.isEmpty { return nil }
      let scored = members.compactMap(\.score.points)
      return .init(
        code: group.code,
        lines: members.map { member in
          let points = member.score.points
          return SheetContent.Line(
            unit: member.entry.unit, name: member.entry.name, counts: member.counts,
            weight: member.score.weight, points: points,
            grade: points.map { formula.grade($0).rawValue },
            rank: scored.count < 2 ? nil : points.map { own in 1 + scored.count { $0 > own } })
        }.sorted(by: precedes))
    }
  }

  /// Components with too few give no points; their weight is spread over the others in proportion, which is
  /// the mean of those that count. A unit of which too little counts is not scored.
  private func score(_ counts: [SheetContent.Count]) -> (weight: Int, points: Points?) {
    let parts = zip(components, counts).compactMap { component, count in
      count.points.map { (points: $0, weight: component.weight) }
    }
    let weight = parts.reduce(0) { $0 + $1.weight }
    return (weight, weight < formula.leastWeight ? nil : Points.mean(parts))
  }

  private func count(
    _ tally: Tally, _ component: ScoreFormula.Component
  ) -> SheetContent.Count {
    func hundredths(_ percent: Double?) -> Int? { percent.map { Int(($0 * 100).rounded()) } }
    let isEnough = tally.denominator >= max(1, minimum)
    return .init(
      numerator: tally.numerator, denominator: tally.denominator, excluded: tally.exclusions,
      low: hundredths(tally.interval?.low), high: hundredths(tally.interval?.high),
      points: isEnough
        ? Points(
          tally.numerator, of: tally.denominator, zero: component.zero, full: component.full)
        : nil)
  }

  private func precedes(_ a: SheetContent.Line, _ b: SheetContent.Line) -> Bool {
    if a.points != b.points {
      guard let own = a.points, let other = b.points else { return a.points != nil }
      return own > other
    }
    return a.unit.value < b.unit.value
  }
}

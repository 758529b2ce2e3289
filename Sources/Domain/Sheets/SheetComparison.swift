/// A number that comes out otherwise than a sheet says.
package struct SheetDifference: Hashable, Sendable {
  /// Nil for the totals.
  package let unit: UnitID?
  package let name: String
  /// The component; nil for the points, the grade or the rank.
  package let figure: String?
  /// `3 ÷ 12`, or points, grade and rank.
  package let printed: String
  package let found: String
}

extension SheetContent {
  /// Every number that differs from the same sheet computed again.
  package func differences(
    from groups: [Group], _ totals: [Count]
  ) -> [SheetDifference] {
    var found: [SheetDifference] = []
    let others = Dictionary(
      groups.flatMap { group in group.lines.map { ($0.unit, (group.code, $0)) } },
      uniquingKeysWith: { one, _ in one })
    func compare(_ unit: UnitID?, _ name: String, _ own: [Count], _ other: [Count]) {
      for (index, component) in components.enumerated() {
        let (here, there) = (
          own.indices.contains(index) ? own[index] : nil,
          other.indices.contains(index) ? other[index] : nil
        )
        if here != there {
          found.append(
            .init(
              unit: unit, name: name, figure: component.figure, printed: here?.text ?? "—",
              found: there?.text ?? "—"))
        }
      }
    }
    for group in self.groups {
      for line in group.lines {
        let other = others[line.unit]
        compare(line.unit, line.name, line.counts, other?.1.counts ?? [])
        if other?.0 != group.code || other?.1.standing != line.standing {
          found.append(
            .init(
              unit: line.unit, name: line.name, figure: nil, printed: line.standing,
              found: other?.1.standing ?? "—"))
        }
      }
    }
    let known = Set(lines.map(\.unit))
    for (unit, other) in others.sorted(by: { $0.key.value < $1.key.value })
    where !known.contains(unit) {
      found.append(
        .init(unit: unit, name: other.1.name, figure: nil, printed: "—", found: other.1.standing))
    }
    compare(nil, "", self.totals, totals)
    return found
  }
}

extension SheetContent.Count {
  /// `3 ÷ 12 (0, 2) [8.89–53.23] 40.00`: all that can differ.
  fileprivate var text: String {
    let bounds = [low, high].map { $0.map { String($0) } ?? "–" }.joined(separator: "–")
    return "\(numerator) ÷ \(denominator) \(excluded) [\(bounds)] \(points?.description ?? "–")"
  }
}

extension SheetContent.Line {
  /// `87.50 B 2`
  fileprivate var standing: String {
    "\(name) \(points?.description ?? "–") \(grade ?? "–") \(rank.map { String($0) } ?? "–") \(weight)"
  }
}

extension ReportContent {
  /// A number of a report, by where it stands.
  package struct Number: Hashable, Sendable {
    package let section: String
    /// Within the section: `found_count/now/denominator`.
    package let place: String
    package let value: String
  }

  /// A number that came out otherwise.
  package struct Difference: Hashable, Sendable {
    package let section: String
    package let place: String
    /// Nil where it was not there.
    package let was: String?
    package let now: String?
  }

  /// Everything that was counted; names and words are not.
  package var numbers: [Number] {
    sections.flatMap { section -> [Number] in
      var found: [Number] = []
      func add(_ place: String, _ value: String) {
        found.append(Number(section: section.code, place: place, value: value))
      }
      for figure in section.figures ?? [] {
        for (name, counts) in [
          ("now", figure.now), ("before", figure.before), ("then", figure.knownThen),
        ] {
          guard let counts else { continue }
          for (part, value) in counts.parts { add("\(figure.code)/\(name)/\(part)", String(value)) }
        }
      }
      if let table = section.table {
        for row in table.rows {
          for (column, counts) in zip(table.columns, row.cells) {
            for (part, value) in counts.parts {
              add("\(column.code)/\(row.key)/\(part)", String(value))
            }
          }
        }
      }
      if let list = section.list {
        add("count", String(list.count))
        for line in list.lines { add(line.place, line.value) }
      }
      return found
    }
  }

  /// What another count of the same says otherwise, in the order of the report.
  package func differences(from other: ReportContent) -> [Difference] {
    func byPlace(_ numbers: [Number]) -> [[String]: String] {
      Dictionary(
        numbers.map { ([$0.section, $0.place], $0.value) }, uniquingKeysWith: { one, _ in one })
    }
    let (own, others) = (numbers, other.numbers)
    let (known, found) = (byPlace(own), byPlace(others))
    let changed = own.compactMap { number -> Difference? in
      let now = found[[number.section, number.place]]
      return now == number.value
        ? nil
        : Difference(section: number.section, place: number.place, was: number.value, now: now)
    }
    let added = others.compactMap { number -> Difference? in
      known[[number.section, number.place]] == nil
        ? Difference(section: number.section, place: number.place, was: nil, now: number.value)
        : nil
    }
    return changed + added
  }
}

extension ReportContent.Counts {
  fileprivate var parts: [(String, Int)] {
    let named: [(String, Int?)] = [
      ("numerator", numerator), ("denominator", denominator), ("median", medianHours),
      ("p90", ninetiethHours), ("waiting", waiting),
    ]
    return named.compactMap { name, value in value.map { (name, $0) } }
      + (exclusions + beside).map { ($0.code, $0.count) }
      + (shares ?? []).map { ("share:" + $0.code, $0.count) }
  }
}

extension ReportContent.Line {
  fileprivate var place: String {
    let what = number.map { "problem \($0)/\(round ?? 0)" } ?? "visit \(visit?.value ?? 0)"
    // A problem has a line for each day on which an official did something, and for each of its dates.
    return [what, deeds == nil ? nil : day?.description, milestone?.rawValue].compactMap(\.self)
      .joined(separator: "/")
  }

  fileprivate var value: String {
    [
      day?.description, unit.map { String($0.value) }, due?.description, lamp?.rawValue,
      milestoneDue?.description, outcome?.rawValue, review?.description,
      deeds?.joined(separator: "+"),
    ].map { $0 ?? "" }.joined(separator: " ")
  }
}

extension FigureColumns {
  /// Counts a figure.
  package func count(_ definition: Definition, _ query: FigureQuery) -> FigureResult {
    let scan = FigureScan(self, definition, query)
    var groups = Groups(definition)
    for rows in blocks(0..<count) {
      let parts = Parts(scan, rows)
      if parts.any { parts.add(to: &groups) }
    }
    return FigureResult(
      definition, query,
      counted: zip(groups.keys, groups.tallies).map { (key: scan.key($0), value: $1) })
  }

  /// The newest first: a page of what a number counts.
  /// - Parameters:
  ///   - group: a key of the query's dimension; nil for all.
  ///   - share: a value of what the figure is divided by.
  package func members(
    _ slice: Definition.Slice, _ definition: Definition, _ query: FigureQuery, group: String?,
    share: String?, after: FigureMember?, limit: Int
  ) -> [FigureMember] {
    let page = Page(
      scan: FigureScan(self, definition, query), slice: slice, group: group, share: share,
      after: after)
    // What moved to the end lies in no order: all of it is looked at.
    var found = blocks(ordered..<count).flatMap { members(page, $0) }
    let moved = found.count
    for rows in blocks(0..<ordered).reversed() {
      if found.count - moved >= limit { break }
      if let after, problem[rows.lowerBound] > after.problem.value { continue }
      found += members(page, rows)
    }
    return Array(found.sorted(by: >).prefix(limit))
  }

  /// What a page of members is asked for.
  private struct Page {
    let scan: FigureScan
    let slice: Definition.Slice
    let group: String?
    let share: String?
    let after: FigureMember?
  }

  private func members(_ page: Page, _ rows: Range<Int>) -> [FigureMember] {
    let scan = page.scan
    let parts = Parts(scan, rows)
    if !parts.any { return [] }
    let mask = parts.mask(page.slice)
    let groups = page.group == nil ? [] : scan.groups(rows)
    let divided = page.share == nil ? nil : scan.definition.divided
    let shares = divided.map { scan.values($0, rows) } ?? []
    var found: [FigureMember] = []
    for index in rows where mask[index - rows.lowerBound] == 1 {
      let place = index - rows.lowerBound
      if let group = page.group, scan.key(groups[place]) != group { continue }
      if let divided, scan.word(divided, shares[place]) != page.share { continue }
      let member = FigureMember(
        problem: ProblemID(problem[index]), round: Int(round[index]), span: Int(span[index]))
      if let after = page.after, member >= after { continue }
      found.append(member)
    }
    return found
  }

  private func blocks(_ rows: Range<Int>) -> [Range<Int>] {
    stride(from: rows.lowerBound, to: rows.upperBound, by: FigureScan.block).map {
      $0..<Swift.min($0 + FigureScan.block, rows.upperBound)
    }
  }
}

/// A problem, or one of its rounds, that a figure counts.
package struct FigureMember: Hashable, Comparable, Sendable {
  package let problem: ProblemID
  package let round: Int
  /// The span's number within the problem.
  package let span: Int

  package init(problem: ProblemID, round: Int = 0, span: Int) {
    (self.problem, self.round, self.span) = (problem, round, span)
  }

  package static func < (a: FigureMember, b: FigureMember) -> Bool {
    (a.problem.value, a.span) < (b.problem.value, b.span)
  }
}

/// The groups that were met with, each with what was counted.
private struct Groups {
  private(set) var keys: [Int32] = []
  var tallies: [Tally] = []
  private let definition: Definition
  /// By key, from 1: nearly all keys are small numbers.
  private var near: [Int32] = []
  /// Those that are not: days before 1970 or centuries ahead.
  private var far: [Int32: Int] = [:]
  private static let near: Range<Int32> = 0..<65_536

  init(_ definition: Definition) { self.definition = definition }

  mutating func place(_ key: Int32) -> Int {
    if let known = known(key) { return known }
    keys.append(key)
    tallies.append(Tally(definition))
    if Groups.near.contains(key) {
      near += Array(repeating: 0, count: max(0, Int(key) + 1 - near.count))
      near[Int(key)] = Int32(keys.count)
    } else {
      far[key] = keys.count - 1
    }
    return keys.count - 1
  }

  private func known(_ key: Int32) -> Int? {
    guard Groups.near.contains(key) else { return far[key] }
    guard Int(key) < near.count, near[Int(key)] > 0 else { return nil }
    return Int(near[Int(key)]) - 1
  }
}

/// The parts of a figure among the rows of a block.
private struct Parts {
  let scan: FigureScan
  let rows: Range<Int>
  let exclusions: [FigureScan.Mask]
  /// What is asked for and not excluded.
  let denominator: FigureScan.Mask
  let any: Bool

  init(_ scan: FigureScan, _ rows: Range<Int>) {
    (self.scan, self.rows) = (scan, rows)
    var rest = scan.asked(rows)
    any = rest.contains(1)
    var masks: [FigureScan.Mask] = []
    for exclusion in any ? scan.definition.exclusions : [] {
      var mask = scan.all(exclusion.conditions, rows)
      mask.and(rest)
      // The first that holds takes it.
      rest.and(mask.negated)
      masks.append(mask)
    }
    (exclusions, denominator) = (masks, rest)
  }

  func mask(_ slice: Definition.Slice) -> FigureScan.Mask {
    func among(_ conditions: [Condition]) -> FigureScan.Mask {
      var mask = denominator
      mask.and(scan.all(conditions, rows))
      return mask
    }
    let definition = scan.definition
    switch slice {
    case .denominator: return denominator
    case .numerator: return among(definition.numerator?.conditions ?? [])
    case .rest:
      var mask = denominator
      mask.and(among(definition.numerator?.conditions ?? []).negated)
      return mask
    case .exclusion(let index): return exclusions[index]
    case .beside(let index): return among(definition.beside[index].conditions)
    }
  }

  func add(to groups: inout Groups) {
    let definition = scan.definition
    let places = scan.groups(rows).map { groups.place($0) }
    for slice in definition.slices {
      let mask = mask(slice)
      var counts = [Int](repeating: 0, count: groups.keys.count)
      for index in mask.indices { counts[places[index]] += Int(mask[index]) }
      for (place, count) in counts.enumerated() where count > 0 {
        groups.tallies[place][slice] += count
      }
    }
    if let attribute = definition.divided {
      let values = scan.values(attribute, rows)
      // Words once a block, not once a row.
      let width = Int(values.max() ?? 0) + 1
      var counts = [Int](repeating: 0, count: groups.keys.count * width)
      for index in denominator.indices where denominator[index] == 1 {
        counts[places[index] * width + Int(values[index])] += 1
      }
      for (index, count) in counts.enumerated() where count > 0 {
        let word = scan.word(attribute, Int32(index % width))
        groups.tallies[index / width].shares[word, default: 0] += count
      }
    }
    if let duration = definition.duration { addHours(duration, places, &groups.tallies) }
  }

  /// How long it took, by whole hours, and how long the others have waited.
  private func addHours(
    _ duration: Definition.Duration, _ places: [Int], _ tallies: inout [Tally]
  ) {
    let (from, to) = (
      scan.columns.instants(of: duration.from), scan.columns.instants(of: duration.to)
    )
    func hours(_ from: Int64, _ to: Int64) -> Int { Int(max(0, to - from) / 3_600_000) }
    for index in denominator.indices where denominator[index] == 1 {
      let row = rows.lowerBound + index
      guard from[row] < scan.asOf else { continue }
      if to[row] < scan.asOf {
        tallies[places[index]].hours[hours(from[row], to[row]), default: 0] += 1
      } else {
        tallies[places[index]].waiting[hours(from[row], scan.asOf), default: 0] += 1
      }
    }
  }
}

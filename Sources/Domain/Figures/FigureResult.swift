/// A figure with all that belongs to it: what was asked, by which definition, and what came out.
package struct FigureResult: Hashable, Sendable {
  package let definition: Definition
  package let query: FigureQuery
  /// One for each value of the dimension, in the order of its keys.
  package let groups: [Group]
  /// Of all groups together.
  package let total: Tally
  /// What `total` would be if only what was known at the instant counted; nil where nothing was registered
  /// later than the instant it speaks of, or nobody asked for that.
  package let knownThen: Tally?

  package struct Group: Hashable, Sendable {
    /// An id or a code; empty where the dimension has no value for them.
    package let key: String
    package let tally: Tally

    package init(key: String, tally: Tally) { (self.key, self.tally) = (key, tally) }
  }

  package init(
    definition: Definition, query: FigureQuery, groups: [Group], total: Tally,
    knownThen: Tally? = nil
  ) {
    (self.definition, self.query, self.groups) = (definition, query, groups)
    (self.total, self.knownThen) = (total, knownThen)
  }

  /// - Parameter counted: by key, each once; groups in which nothing is are left out.
  package init(
    _ definition: Definition, _ query: FigureQuery,
    counted: some Sequence<(key: String, value: Tally)>
  ) {
    let nothing = Tally(definition)
    let groups = counted.filter { $0.value != nothing }
    self.init(
      definition: definition, query: query,
      groups: query.dimension == nil
        ? [] : groups.map { Group(key: $0.key, tally: $0.value) }.sorted { $0.key < $1.key },
      total: groups.reduce(into: nothing) { $0 += $1.value })
  }

  /// Beside what is known now stands what was known then, where that differs.
  /// - Parameter count: asked once more for what was known then.
  package static func counted(
    _ query: FigureQuery, _ count: (FigureQuery) throws -> FigureResult
  ) rethrows -> FigureResult {
    let result = try count(query)
    if query.knownOn == query.asOf { return result }
    var then = query
    (then.knownOn, then.dimension) = (query.asOf, nil)
    let known = try count(then).total
    return FigureResult(
      definition: result.definition, query: query, groups: result.groups, total: result.total,
      knownThen: known == result.total ? nil : known)
  }
}

/// The counts of one figure for one group.
package struct Tally: Hashable, Sendable {
  package var denominator = 0
  package var numerator = 0
  /// In the order of the definition.
  package var exclusions: [Int]
  package var beside: [Int]
  /// How many of the denominator have which value of the attribute it is divided by.
  package var shares: [String: Int] = [:]
  /// How many took so many hours, rounded down, by hours.
  package var hours: [Int: Int] = [:]
  /// How many have been waiting so many hours.
  package var waiting: [Int: Int] = [:]

  package init(_ definition: Definition) {
    exclusions = definition.exclusions.map { _ in 0 }
    beside = definition.beside.map { _ in 0 }
  }

  package subscript(slice: Definition.Slice) -> Int {
    get {
      switch slice {
      case .numerator: numerator
      case .denominator: denominator
      case .rest: denominator - numerator
      case .exclusion(let index): exclusions[index]
      case .beside(let index): beside[index]
      }
    }
    set {
      switch slice {
      case .numerator: numerator = newValue
      case .denominator: denominator = newValue
      case .rest: numerator = denominator - newValue
      case .exclusion(let index): exclusions[index] = newValue
      case .beside(let index): beside[index] = newValue
      }
    }
  }

  package static func += (a: inout Tally, b: Tally) {
    a.denominator += b.denominator
    a.numerator += b.numerator
    for index in b.exclusions.indices { a.exclusions[index] += b.exclusions[index] }
    for index in b.beside.indices { a.beside[index] += b.beside[index] }
    a.shares.merge(b.shares, uniquingKeysWith: +)
    a.hours.merge(b.hours, uniquingKeysWith: +)
    a.waiting.merge(b.waiting, uniquingKeysWith: +)
  }

  /// In percent; nil where there is nothing to divide by.
  package var percent: Double? {
    denominator == 0 ? nil : 100 * Double(numerator) / Double(denominator)
  }

  package var interval: Interval? { Interval.wilson(numerator, of: denominator) }

  /// The hours that a part of those that got there took at most: 0.5 for the median. The smallest value
  /// that many do not exceed (nearest rank).
  package func quantile(_ part: Double) -> Int? {
    let count = hours.values.reduce(0, +)
    if count == 0 { return nil }
    var left = max(1, Int((part * Double(count)).rounded(.up)))
    for (value, number) in hours.sorted(by: { $0.key < $1.key }) {
      left -= number
      if left <= 0 { return value }
    }
    return nil
  }

  package var survival: [SurvivalStep] { SurvivalStep.curve(ended: hours, waiting: waiting) }
}

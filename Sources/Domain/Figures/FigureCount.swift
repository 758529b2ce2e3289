/// Counts a figure member by member: slow and plain, what the database's answers are held against.
package struct FigureCount: Sendable {
  private let definition: Definition
  private let query: FigureQuery
  private var groups: [String: Tally] = [:]

  package init(_ definition: Definition, _ query: FigureQuery) {
    (self.definition, self.query) = (definition, query)
  }

  /// Takes a problem as its events tell it.
  package mutating func add(_ problem: Problem) {
    for member in problem.members(
      definition.subject, asOf: query.asOf, knownOn: query.knownOn)
    where member.isAsked(query, definition) {
      add(member)
    }
  }

  private mutating func add(_ member: FigureMember) {
    guard member.holds(definition.denominator.conditions) else { return }
    let key = query.dimension.map { member.key($0, definition) } ?? ""
    var tally = groups[key] ?? Tally(definition)
    defer { groups[key] = tally }
    if let index = definition.exclusions.firstIndex(where: { member.holds($0.conditions) }) {
      tally.exclusions[index] += 1
      return
    }
    tally.denominator += 1
    if let numerator = definition.numerator, member.holds(numerator.conditions) {
      tally.numerator += 1
    }
    for (index, part) in definition.beside.enumerated() where member.holds(part.conditions) {
      tally.beside[index] += 1
    }
    if let attribute = definition.divided {
      tally.shares[member.value(of: attribute) ?? "", default: 0] += 1
    }
    if let duration = definition.duration, let from = member.reached(duration.from) {
      if let to = member.reached(duration.to) {
        tally.hours[hours(from, to), default: 0] += 1
      } else {
        tally.waiting[hours(from, query.asOf), default: 0] += 1
      }
    }
  }

  private func hours(_ from: Instant, _ to: Instant) -> Int { Int(max(0, to - from) / 3600) }

  package var result: FigureResult {
    var total = Tally(definition)
    for tally in groups.values { total += tally }
    return FigureResult(
      definition: definition, query: query,
      groups: query.dimension == nil
        ? []
        : groups.filter { $0.value != Tally(definition) }.sorted { $0.key < $1.key }.map {
          .init(key: $0.key, tally: $0.value)
        },
      total: total)
  }
}

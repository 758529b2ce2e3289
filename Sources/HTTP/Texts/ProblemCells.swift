import Domain
import Services
import Storage

/// What stands in the columns of the list, on the page and in a file.
package struct ProblemCells: Sendable {
  package let words: Wording
  package let now: Instant
  private let categories: [Track: [String: String]]
  private let tracks: [Track: String]
  private let tiers: [Track: [String: String]]

  package init(_ words: Wording, _ platform: Platform) {
    self.words = words
    now = platform.now()
    categories = Dictionary(grouping: platform.categories, by: \.track).mapValues { list in
      Dictionary(list.map { ($0.code, words.name(of: $0)) }) { first, _ in first }
    }
    let procedures = platform.procedures.all
    tracks = Dictionary(
      uniqueKeysWithValues: procedures.map { ($0.track, words.pick($0.zh, $0.en)) })
    tiers = Dictionary(
      uniqueKeysWithValues: procedures.map { procedure in
        let names = procedure.tiers.map { ($0.code, words.pick($0.zh, $0.en)) }
        return (procedure.track, Dictionary(names) { first, _ in first })
      })
  }

  package func heading(_ column: ListColumn) -> String { words("column.\(column.rawValue)") }

  /// Empty where there is nothing.
  package func text(_ column: ListColumn, _ problem: ProblemSummary) -> String {
    switch column {
    case .track: tracks[problem.track] ?? problem.track.rawValue
    case .concerns: problem.concerns
    case .unit: problem.unitName ?? ""
    case .state: words("state.\(problem.state.rawValue)")
    case .category:
      problem.category.map { categories[problem.track]?[$0] ?? $0 } ?? ""
    case .difficulty: problem.difficulty.map { words("difficulty.\($0.rawValue)") } ?? ""
    case .tier: problem.tier.map { tiers[problem.track]?[$0] ?? $0 } ?? ""
    case .found: words.day(problem.foundOn)
    case .registered: words.day(problem.registeredAt.day)
    // The instant of a due day is its end.
    case .due: problem.dueAt.map { words.day(Instant(milliseconds: $0.milliseconds - 1).day) } ?? ""
    case .left: left(problem)
    case .outcome: problem.outcome.map { words("outcome.\($0.rawValue)") } ?? ""
    }
  }

  /// What is in hand and has no due date: its clock is stopped.
  private func left(_ problem: ProblemSummary) -> String {
    if let due = problem.dueAt { return words.left(until: due, now: now) }
    return problem.state.isRunning ? words("legs.stopped") : ""
  }

  /// Those of a whole file.
  package var export: ExportProblems.Words {
    ExportProblems.Words(
      sheet: words("problems.title"), number: words("field.number"), title: words("field.title"),
      heading: { heading($0) }, cell: { text($0, $1) })
  }
}

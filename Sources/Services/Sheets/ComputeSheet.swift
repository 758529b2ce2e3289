import Domain
import Storage

/// Computes a sheet by the formula and the definitions in force.
struct ComputeSheet: Sendable {
  let platform: Platform

  /// Until when everything that was registered is there to be counted: of two transactions the one that
  /// began later may be there first, and what is frozen must not miss the other.
  static func settled(_ now: Instant) -> Instant { now + -FigureCache.settling }

  func callAsFunction(
    _ kind: SheetKind, _ month: SheetMonth, edition: Int, supersedes: SheetID?, reason: String?,
    knownOn: Instant, in connection: any Connection
  ) throws -> SheetContent {
    let formula = platform.scoreFormula
    // Its reader has looked that each is there.
    let definitions = formula.components(of: kind).compactMap {
      platform.definitions[$0.figure]
    }
    let minimum = platform.definitions.minimum
    let results = try CountSheet(kind, month, knownOn: knownOn, formula, definitions)
      .fromTables(in: connection)
    let score = SheetScore(kind, formula, definitions: definitions, minimum: minimum)
    let entries = try SheetRows.entries(kind, on: month.last, in: connection)
    return SheetContent(
      kind: kind, month: month, edition: edition, supersedes: supersedes, reason: reason,
      knownOn: knownOn, formula: formula, minimum: minimum, definitions: definitions,
      groups: score.groups(entries, results), totals: score.totals(results))
  }
}

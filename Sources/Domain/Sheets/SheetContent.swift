/// All that a sheet says, with everything it was computed from: the formula and the definitions whole, so
/// that it can be computed again when both have long changed. Whole numbers only. It stands in the ledger
/// as it is: fields are added as optionals, never renamed.
package struct SheetContent: Hashable, Sendable, Codable {
  package var kind: SheetKind
  package var month: SheetMonth
  /// From 1; a later one corrects an earlier one, which stays as it is.
  package var edition: Int
  package var supersedes: SheetID?
  /// Why there is a later edition.
  package var reason: String?
  /// The end of the month, and until when what was registered late was known.
  package var asOf: Instant
  package var knownOn: Instant
  package var formula: ScoreFormula
  /// Of what is counted: fewer are too few.
  package var minimum: Int
  /// Of the components, in their order.
  package var definitions: [Definition]
  package var groups: [Group]
  /// Of all units together, on the sheet or not, in the order of the components.
  package var totals: [Count]
  /// What came of objections; filled in when it is published.
  package var notes: [Note]
  /// The ledger when it was published; nil where no root had been recorded.
  package var ledger: LedgerMark?

  enum CodingKeys: String, CodingKey {
    case kind, month, edition, supersedes, reason, formula, minimum, definitions, groups, totals
    case notes, ledger
    case asOf = "as_of"
    case knownOn = "known_on"
  }

  package init(
    kind: SheetKind, month: SheetMonth, edition: Int, supersedes: SheetID?, reason: String?,
    knownOn: Instant, formula: ScoreFormula, minimum: Int, definitions: [Definition],
    groups: [Group], totals: [Count]
  ) {
    (self.kind, self.month, self.edition) = (kind, month, edition)
    (self.supersedes, self.reason) = (supersedes, reason)
    (asOf, self.knownOn) = (month.end, knownOn)
    (self.formula, self.minimum, self.definitions) = (formula, minimum, definitions)
    (self.groups, self.totals) = (groups, totals)
    notes = []
  }

  package struct Group: Hashable, Sendable, Codable {
    /// Of the formula.
    package let code: String
    /// The best first; then those that are not scored.
    package let lines: [Line]

    package init(code: String, lines: [Line]) { (self.code, self.lines) = (code, lines) }
  }

  /// One unit.
  package struct Line: Hashable, Sendable, Codable {
    package let unit: UnitID
    /// As it was called when the numbers were computed.
    package let name: String
    /// In the order of the components.
    package let counts: [Count]
    /// Of a hundred: what the components weigh that count.
    package let weight: Int
    /// Nil where they weigh too little.
    package let points: Points?
    package let grade: String?
    /// Among those of the group that are scored; equal points share one. Nil for one alone.
    package let rank: Int?
  }

  /// One figure of one unit.
  package struct Count: Hashable, Sendable, Codable {
    package let numerator: Int
    package let denominator: Int
    /// In the order of the definition.
    package let excluded: [Int]
    /// Bounds of the rate with 95 % confidence (Wilson), in hundredths of a percent.
    package let low: Int?
    package let high: Int?
    /// Nil where too few were counted.
    package let points: Points?
  }

  package struct Note: Hashable, Sendable, Codable {
    package let unit: UnitID
    package let text: String
    package let upheld: Bool
    package let ruling: String

    package init(unit: UnitID, text: String, upheld: Bool, ruling: String) {
      (self.unit, self.text, self.upheld, self.ruling) = (unit, text, upheld, ruling)
    }
  }

  package struct LedgerMark: Hashable, Sendable, Codable {
    package let size: Int64
    /// Hexadecimal.
    package let root: String

    package init(size: Int64, root: String) { (self.size, self.root) = (size, root) }
  }

  package var components: [ScoreFormula.Component] { formula.components(of: kind) }
  package var lines: [Line] { groups.flatMap(\.lines) }
}

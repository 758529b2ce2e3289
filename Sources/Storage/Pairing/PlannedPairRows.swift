import Domain

/// One line of a plan: a pair, and what becomes of the one that holds today.
package struct PlannedPair: Hashable, Sendable {
  package enum Change: String, Hashable, Sendable, CaseIterable {
    case kept
    /// The target had nobody.
    case new
    /// It had somebody else.
    case replaced
    /// It holds today and nothing comes after it.
    case ended
  }

  package let target: PairingTarget
  package let official: OfficialID
  package let county: UnitID?
  package let change: Change
  /// Who has the target today, where that is somebody else.
  package let previous: OfficialID?
  package let cost: Int64
  package let reasons: [PairingReason]

  package init(
    target: PairingTarget, official: OfficialID, county: UnitID?, change: Change,
    previous: OfficialID?, cost: Int64, reasons: [PairingReason]
  ) {
    (self.target, self.official, self.county) = (target, official, county)
    (self.change, self.previous, self.cost) = (change, previous, cost)
    self.reasons = reasons
  }
}

package enum PlannedPairRows {
  static func insert(
    _ pairs: [PlannedPair], of plan: PairingPlanID, in connection: any Connection
  ) throws {
    try connection.insert(
      into: "pairing_plan_pairs",
      [
        "plan_id", "number", "role", "official_id", "enterprise_id", "unit_id", "county_id",
        "change", "previous_id", "cost", "reasons",
      ],
      pairs.enumerated().map { number, pair in
        [
          plan, number + 1, pair.target.kind.role, pair.official, pair.target.enterprise,
          pair.target.unit, pair.county, pair.change, pair.previous, pair.cost,
          PairingReason.text(pair.reasons),
        ]
      })
  }

  /// A page of a plan's pairs in the plan's order; rides the primary key, pairing_plan_pairs_change or
  /// pairing_plan_pairs_county.
  /// - Parameter changes: none for all.
  package static func page(
    of plan: PairingPlanID, changes: [PlannedPair.Change] = [], county: UnitID? = nil,
    after number: Int, limit: Int, in connection: any Connection
  ) throws -> Page<PlannedPair, Int> {
    var conditions = Conditions()
    conditions.add("p.plan_id = ?", plan)
    if let county { conditions.add("p.county_id = ?", county) }
    if !changes.isEmpty {
      let places = changes.map { _ in "?" }.joined(separator: ", ")
      conditions.add("p.change in (\(places))", changes)
    }
    conditions.add("p.number > ?", number)
    let found = try connection.page(
      "\(select) \(conditions.clause) order by p.number", conditions.arguments, size: limit,
      key: { (row: (pair: PlannedPair, number: Int)) in row.number }
    ) { (pair: try decode($0), number: Int(try $0.int(0))) }
    return Page(items: found.items.map(\.pair), next: found.next)
  }

  package static func all(
    of plan: PairingPlanID, in connection: any Connection
  ) throws -> [PlannedPair] {
    try connection.rows("\(select) where p.plan_id = ?1 order by p.number", [plan], decode)
  }

  private static let select = """
    select p.number, p.role, p.official_id, p.enterprise_id, p.unit_id, p.county_id, p.change,
      p.previous_id, p.cost, p.reasons
    from pairing_plan_pairs p
    """

  private static func decode(_ row: any SQLRow) throws -> PlannedPair {
    PlannedPair(
      target: try PairingRows.target(
        row.optionalInt(3), row.optionalInt(4), row.value(1, PairingRole.self), row),
      official: OfficialID(try row.int(2)), county: try row.optionalUnitID(5),
      change: try row.value(6, PlannedPair.Change.self),
      previous: try row.optionalInt(7).map { OfficialID($0) }, cost: try row.int(8),
      reasons: PairingReason.list(try row.optionalText(9)))
  }
}

extension PlannedPair.Change: SQLConvertible {}

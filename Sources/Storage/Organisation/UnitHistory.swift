import Domain

/// The organisation tree as it was.
package enum UnitHistory {
  /// The tree of a day, as far as it is known today; parents are units of the same day. In no order.
  package static func tree(
    asOf day: Day, in connection: any Connection
  ) throws -> [Unit] {
    var codes: [UnitID: DivisionCode] = [:]
    try connection.stream(
      """
      select code, unit_id
      from unit_codes
      where valid_from <= ?1 and (valid_to is null or valid_to > ?1)
      order by code desc
      """, [day]
    ) { codes[try $0.unitID(1)] = try $0.present(DivisionCode($0.text(0)), 0) }
    var units: [Unit] = []
    try connection.stream(
      """
      select u.id, u.parent_id, u.kind, u.level, u.name, u.since
      from units u
      where u.since <= ?1 and u.valid_to is null
      union all
      select h.unit_id, h.parent_id, u.kind, u.level, h.name, h.from_day
      from unit_history h
      join units u on u.id = h.unit_id
      where h.from_day <= ?1 and h.to_day > ?1
      """, [day]
    ) { row in
      let id = try row.unitID(0)
      units.append(
        Unit(
          id: id, parent: try row.optionalUnitID(1), kind: try row.value(2, UnitKind.self),
          level: try row.value(3, UnitLevel.self), name: try row.text(4), divisionCode: codes[id],
          validFrom: try row.day(5)))
    }
    return units
  }

  /// The names of a day by every code that a unit had.
  package static func coded(
    asOf day: Day, in connection: any Connection
  ) throws -> [DivisionCode: String] {
    let names = Dictionary(
      uniqueKeysWithValues: try tree(asOf: day, in: connection).map { ($0.id, $0.name) })
    var coded: [DivisionCode: String] = [:]
    try connection.stream(
      """
      select code, unit_id
      from unit_codes
      where valid_from <= ?1 and (valid_to is null or valid_to > ?1)
      """, [day]
    ) { row in
      coded[try row.present(DivisionCode(row.text(0)), 0)] = names[try row.unitID(1)]
    }
    return coded
  }

  /// All names that units had which ever had a code; none where nobody had it.
  package static func names(
    of code: DivisionCode, in connection: any Connection
  ) throws -> [String] {
    try connection.rows(
      """
      select u.name
      from unit_codes c
      join units u on u.id = c.unit_id
      where c.code = ?1
      union
      select h.name
      from unit_codes c
      join unit_history h on h.unit_id = c.unit_id
      where c.code = ?1
      """, [code]
    ) { try $0.text(0) }
  }

  package struct State: Hashable, Sendable {
    package let from: Day
    /// Nil for what it is today.
    package let to: Day?
    package let name: String
    package let parent: UnitID?
  }

  /// What a unit was, the oldest first.
  package static func states(
    of unit: UnitRows.Stored, in connection: any Connection
  ) throws -> [State] {
    var states = try connection.rows(
      """
      select from_day, to_day, name, parent_id
      from unit_history
      where unit_id = ?1
      order by from_day
      """, [unit.unit.id]
    ) {
      State(
        from: try $0.day(0), to: try $0.day(1), name: try $0.text(2),
        parent: try $0.optionalUnitID(3))
    }
    if unit.unit.validTo == nil {
      states.append(
        State(from: unit.since, to: nil, name: unit.unit.name, parent: unit.unit.parent))
    }
    return states
  }

  /// Names a unit had and has no more, and those of units that were merged into it.
  static func formerNames(of unit: UnitID, in connection: any Connection) throws -> [String] {
    try connection.rows(
      """
      select distinct h.name
      from unit_history h
      join units u on u.id = h.unit_id
      where h.unit_id = ?1 and h.name <> u.name
      union
      select name
      from units
      where successor_id = ?1
      order by 1
      """, [unit]
    ) { try $0.text(0) }
  }
}

import Domain
import Ledger

/// What happened to one unit of the tree, as the ledger has it.
package struct UnitChange: Sendable {
  package enum Deed: Sendable {
    case created(splitFrom: UnitID?)
    case renamed(from: String, to: String)
    case moved(from: UnitID?, to: UnitID)
    case recoded(from: String?, to: String)
    case merged(into: UnitID)
    case closed
  }

  /// From when on it holds; nil in entries from before names had days.
  package let on: Day?
  package let at: Instant
  package let actor: Actor
  package let deeds: [Deed]
}

package enum UnitStory {
  /// All that happened to a unit, the newest first; rides the ledger's unique index on (stream,
  /// version).
  package static func changes(
    of unit: UnitID, in connection: any Connection
  ) throws -> [UnitChange] {
    try LedgerRows.stream("unit/\(unit)", in: connection).reversed().map { entry in
      let (on, deeds) = try read(entry)
      return UnitChange(on: on, at: entry.at, actor: entry.actor, deeds: deeds)
    }
  }

  private static func read(_ entry: LedgerEntry) throws -> (Day?, [UnitChange.Deed]) {
    switch entry.kind {
    case "unit.created", "unit.split":
      let event = try Payload.decode(UnitEvents.Created.self, entry.payload)
      return (event.validFrom, [.created(splitFrom: event.splitFrom)])
    case "unit.renamed":
      let event = try Payload.decode(UnitEvents.Renamed.self, entry.payload)
      return (nil, [.renamed(from: event.from, to: event.to)])
    case "unit.changed":
      let event = try Payload.decode(UnitEvents.Changed.self, entry.payload)
      var deeds: [UnitChange.Deed] = []
      if let name = event.name { deeds.append(.renamed(from: name.from ?? "", to: name.to)) }
      if let parent = event.parent { deeds.append(.moved(from: parent.from, to: parent.to)) }
      if let code = event.code { deeds.append(.recoded(from: code.from, to: code.to)) }
      return (event.on, deeds)
    case "unit.merged":
      let event = try Payload.decode(UnitEvents.Merged.self, entry.payload)
      return (event.on, [.merged(into: event.into)])
    case "unit.closed":
      return (try Payload.decode(UnitEvents.Closed.self, entry.payload).on, [.closed])
    default:
      return (nil, [])
    }
  }
}

extension UnitHistory {
  /// A code and when the unit had it.
  package struct Code: Hashable, Sendable {
    package let code: DivisionCode
    package let from: Day
    /// Nil for one of today.
    package let to: Day?
  }

  /// Every code a unit had, the oldest first; rides unit_codes_unit.
  package static func codes(
    of unit: UnitID, in connection: any Connection
  ) throws -> [Code] {
    try connection.rows(
      """
      select code, valid_from, valid_to
      from unit_codes
      where unit_id = ?1
      order by valid_from, code
      """, [unit]
    ) {
      Code(
        code: try $0.present(DivisionCode($0.text(0)), 0), from: try $0.day(1),
        to: try $0.optionalDay(2))
    }
  }

  /// The units directly below one on a day, by the names of that day; rides units_sibling_name and
  /// unit_history_parent.
  package static func children(
    of parent: UnitID, asOf day: Day, in connection: any Connection
  ) throws -> [Unit] {
    try connection.rows(
      """
      select u.id, u.kind, u.level, u.name, u.since, \(code("u.id"))
      from units u
      where u.parent_id = ?2 and u.since <= ?1 and u.valid_to is null
      union all
      select h.unit_id, u.kind, u.level, h.name, h.from_day, \(code("h.unit_id"))
      from unit_history h
      join units u on u.id = h.unit_id
      where h.parent_id = ?2 and h.from_day <= ?1 and h.to_day > ?1
      """, [day, parent]
    ) { row in
      Unit(
        id: try row.unitID(0), parent: parent, kind: try row.value(1, UnitKind.self),
        level: try row.value(2, UnitLevel.self), name: try row.text(3),
        divisionCode: try row.optionalText(5).map { try row.present(DivisionCode($0), 5) },
        validFrom: try row.day(4))
    }
    .sorted { ($0.divisionCode?.text ?? "~", $0.name) < ($1.divisionCode?.text ?? "~", $1.name) }
  }

  private static func code(_ unit: String) -> String {
    """
    (select min(c.code)
      from unit_codes c
      where c.unit_id = \(unit) and c.valid_from <= ?1 and (c.valid_to is null or c.valid_to > ?1))
    """
  }

  /// The units that were merged into one, with the day each ended; rides units_successor.
  package static func predecessors(
    of unit: UnitID, in connection: any Connection
  ) throws -> [Unit] {
    try connection.rows(
      "\(UnitRows.select) where u.successor_id = ?1 order by u.valid_to, u.id", [unit],
      UnitRows.decode
    ).map(\.unit)
  }

  /// What a unit was on a day; nil where it was not there.
  package static func state(
    of unit: UnitRows.Stored, on day: Day, in connection: any Connection
  ) throws -> State? {
    try states(of: unit, in: connection).first { $0.from <= day && ($0.to ?? day + 1) > day }
  }
}

import Domain
import Ledger

/// A unit that is to be made.
package struct NewUnit: Sendable {
  package let unit: Unit
  package let path: String
  package let otherCodes: [DivisionCode]

  package init(_ unit: Unit, under parent: String?, otherCodes: [DivisionCode] = []) {
    self.unit = unit
    path = (parent ?? "/") + "\(unit.id.value)/"
    self.otherCodes = otherCodes
  }
}

extension UnitRows {
  /// Adds units with an entry of the ledger each, parents before children.
  /// - Throws: `StorageError.notUnique` where a sibling has the name or a unit the code.
  package static func create(
    _ new: [NewUnit], at now: Instant, by actor: Actor, in connection: any Connection
  ) throws {
    try insert(new, in: connection)
    try LedgerRows.append(
      new.map { new in
        let unit = new.unit
        return entry(
          "unit.created",
          Payload.object([
            ("division_code", .text(unit.divisionCode?.text)),
            ("kind", .text(unit.kind.rawValue)),
            ("level", .text(unit.level.rawValue)), ("name", .text(unit.name)),
            ("other_codes", .texts(new.otherCodes.map(\.text))),
            ("parent", .text(unit.parent?.description)),
            ("valid_from", .text(unit.validFrom.description)),
          ]), to: unit.id, version: 1, at: now, by: actor)
      }, to: connection)
  }

  static func insert(_ new: [NewUnit], in connection: any Connection) throws {
    try connection.insert(
      into: "units",
      ["id", "parent_id", "kind", "level", "name", "path", "valid_from", "since"],
      new.map { new in
        let unit = new.unit
        return [
          unit.id, unit.parent, unit.kind, unit.level, unit.name, new.path, unit.validFrom,
          unit.validFrom,
        ]
      })
    try connection.insert(
      into: "unit_codes", ["code", "unit_id", "valid_from"],
      new.flatMap { new in
        ([new.unit.divisionCode].compactMap { $0 } + new.otherCodes).map { code in
          [code, new.unit.id, new.unit.validFrom]
        }
      })
    try SearchRows.insert(
      new.map { new in
        SearchItem(
          id: new.unit.id.value, kind: .unit, unit: new.unit.id, path: new.path,
          title: new.unit.name,
          codes: ([new.unit.divisionCode].compactMap { $0 } + new.otherCodes).map(\.text))
      }, in: connection)
  }

  static func entry(
    _ kind: String, _ payload: String, to unit: UnitID, version: Int, at now: Instant,
    by actor: Actor
  ) -> LedgerEntry {
    LedgerEntry(
      id: Identifiers.shared.next(now), stream: "unit/\(unit.value)", version: version, at: now,
      actor: actor, kind: kind, payload: payload)
  }
}

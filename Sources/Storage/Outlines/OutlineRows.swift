import Domain
import Foundation

/// The areas of units on the map.
package enum OutlineRows {
  package static let register = Register(
    "outlines", stream: "outline",
    [
      .init("unit_id", .id), .init("geometry"), .init("valid_from", .int),
      .init("valid_to", .int),
    ])

  /// One in force.
  package struct Stored: Sendable {
    package let unit: UnitID
    package let outline: Outline
    let validFrom: Day
    let row: Register.Row
  }

  package static func add(
    _ outlines: [(unit: UnitID, outline: Outline)], from day: Day, at now: Instant,
    by actor: Actor, in connection: any Connection
  ) throws {
    try register.add(
      outlines.map {
        Register.Row(
          id: Identifiers.shared.next(now), values: values($0.unit, $0.outline, from: day))
      }, at: now, by: actor, in: connection)
  }

  /// Puts another in its place from a day on; on the day it began it is corrected.
  package static func replace(
    _ stored: Stored, by outline: Outline, from day: Day, at now: Instant, by actor: Actor,
    in connection: any Connection
  ) throws {
    if day <= stored.validFrom {
      try register.change(
        stored.row, to: values(stored.unit, outline, from: stored.validFrom), at: now, by: actor,
        in: connection)
      return
    }
    try register.change(
      stored.row, to: values(stored.unit, stored.outline, from: stored.validFrom, to: day),
      verb: "ended", at: now, by: actor, in: connection)
    try add([(stored.unit, outline)], from: day, at: now, by: actor, in: connection)
  }

  /// Those in force of some units; rides outlines_unit.
  package static func current(
    of units: [UnitID], in connection: any Connection
  ) throws -> [UnitID: Stored] {
    var found: [UnitID: Stored] = [:]
    try connection.forEach(
      """
      select \(register.selection("o"))
      from outlines o
      where \(connection.dialect.among("o.unit_id", "?1")) and o.valid_to is null
      """, [connection.dialect.list(units.map(\.value))]
    ) { sql in
      let unit = try sql.unitID(2)
      found[unit] = Stored(
        unit: unit, outline: try decode(sql.text(3)), validFrom: try sql.day(4),
        row: try register.row(sql))
    }
    return found
  }

  /// Which units directly below one have outlines, and which: differs after every change that a map of them
  /// shows. Rides units_sibling_name and outlines_unit.
  package static func stamp(below parent: UnitID, in connection: any Connection) throws -> String {
    try connection.rows(
      """
      select o.id, o.version
      from units u
      join outlines o on o.unit_id = u.id and o.valid_to is null
      where u.parent_id = ?1 and u.valid_to is null
      order by o.id
      """, [parent]
    ) { "\(try $0.int(0)).\(try $0.int(1))" }.joined(separator: " ")
  }

  private static func values(
    _ unit: UnitID, _ outline: Outline, from: Day, to: Day? = nil
  ) -> [any SQLConvertible] {
    [unit, encode(outline), from, to]
  }

  /// `[[[[1137958,340984],…]]]`
  private static func encode(_ outline: Outline) -> String {
    func list(_ parts: [String]) -> String { "[" + parts.joined(separator: ",") + "]" }
    return list(
      outline.polygons.map { rings in
        list(rings.map { list($0.map { "[\($0.longitude),\($0.latitude)]" }) })
      })
  }

  private static func decode(_ text: String) throws -> Outline {
    guard let numbers = try? JSONDecoder().decode([[[[Int]]]].self, from: Data(text.utf8)),
      let outline = Outline(
        polygons: numbers.map {
          $0.map {
            $0.map {
              Outline.Position(longitude: $0.first ?? 0, latitude: $0.last ?? 0)
            }
          }
        })
    else { throw StorageError.unreadable("outline \(text.prefix(40))") }
    return outline
  }
}

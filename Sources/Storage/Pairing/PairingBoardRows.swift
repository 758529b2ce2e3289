import Domain

/// What a notice of who is in charge is made from: everybody of a subtree at once.
package enum PairingBoardRows {
  package struct Place: Sendable {
    package let unit: UnitID
    package let name: String
    package let level: UnitLevel
  }

  /// Townships and villages of a subtree, a township before its villages; rides units_path.
  package static func places(
    under path: String, in connection: any Connection
  ) throws -> [Place] {
    try connection.rows(
      """
      select id, name, level
      from units
      where path >= ?1 and path < ?2 and kind = 'region' and level in ('township', 'village')
        and valid_to is null
      order by path
      """, [path, UnitRows.subtreeEnd(path)]
    ) {
      Place(
        unit: try $0.unitID(0), name: try $0.text(1), level: try $0.value(2, UnitLevel.self))
    }
  }

  /// Who is in charge of these on a day; rides units_path and pairings_unit.
  package static func ofPlaces(
    under path: String, on day: Day, in connection: any Connection
  ) throws -> [Pairing] {
    try connection.rows(
      """
      select \(PairingRows.register.selection("p"))
      from units u
      join pairings p on p.unit_id = u.id
      where u.path >= ?1 and u.path < ?2 and p.begins <= ?3 and (p.ends is null or p.ends > ?3)
      order by u.path, p.role, p.begins, p.id
      """, [path, UnitRows.subtreeEnd(path), day]
    ) { try PairingRows.decode($0).pairing }
  }

  /// Who is in charge of the enterprises of a subtree; rides units_path, enterprises_unit and
  /// pairings_enterprise.
  package static func ofEnterprises(
    under path: String, on day: Day, in connection: any Connection
  ) throws -> [(pairing: Pairing, unit: UnitID)] {
    try connection.rows(
      """
      select \(PairingRows.register.selection("p")), u.id
      from units u
      join enterprises e on e.unit_id = u.id
      join pairings p on p.enterprise_id = e.id
      where u.path >= ?1 and u.path < ?2 and p.begins <= ?3 and (p.ends is null or p.ends > ?3)
      order by u.path, e.id, p.begins, p.id
      """, [path, UnitRows.subtreeEnd(path), day]
    ) {
      (
        try PairingRows.decode($0).pairing,
        try $0.unitID(PairingRows.register.width)
      )
    }
  }
}

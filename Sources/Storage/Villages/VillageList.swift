import Domain

/// What the list of townships and villages is narrowed to.
package struct VillageFilter: Hashable, Sendable {
  /// Townships or villages.
  package var level: UnitLevel?
  package var kind: VillageKind?

  package init() {}
}

extension VillageRows {
  /// A township or village; what nobody has said of it is nil.
  package struct Line: Sendable {
    package let unit: Unit
    package let profile: VillageProfile?
  }

  /// Townships and villages of a subtree in the order of the tree; rides the unique index on the path.
  /// - Parameter ids: only these, as a search found them.
  package static func page(
    _ filter: VillageFilter, under path: String, among ids: [UnitID]? = nil, after: PlaceKey?,
    limit: Int, in connection: any Connection
  ) throws -> Page<Line, PlaceKey> {
    var conditions = Conditions()
    conditions.add("u.path >= ?", after?.start(within: path) ?? path)
    conditions.add("u.path < ?", UnitRows.subtreeEnd(path))
    if let after { conditions.add("u.path > ?", after.path) }
    conditions.add("u.valid_to is null")
    conditions.add("u.kind = 'region'")
    if let level = filter.level {
      conditions.add("u.level = ?", level)
    } else {
      conditions.add("u.level in ('township', 'village')")
    }
    if let kind = filter.kind { conditions.add("v.kind = ?", kind) }
    if let ids {
      conditions.add(
        connection.dialect.among("u.id", "?"), connection.dialect.list(ids.map(\.value)))
    }
    let found = try connection.page(
      """
      select u.id, u.parent_id, u.level, u.name,
        (select min(c.code) from unit_codes c where c.unit_id = u.id and c.valid_to is null),
        u.valid_from, u.path, v.kind, v.population, v.households, v.farmland, v.collective_income
      from units u
      left join villages v on v.id = u.id
      \(conditions.clause)
      order by u.path
      """, conditions.arguments, size: limit,
      key: { (row: (line: Line, path: String)) in
        PlaceKey(path: row.path, id: row.line.unit.id.value)
      }
    ) { (line: try line($0), path: try $0.text(6)) }
    return Page(items: found.items.map(\.line), next: found.next)
  }

  private static func line(_ row: any SQLRow) throws -> Line {
    func number(_ column: Int) throws -> Int? { try row.optionalInt(column).map { Int($0) } }
    return Line(
      unit: Unit(
        id: try row.unitID(0), parent: try row.optionalUnitID(1), kind: .region,
        level: try row.value(2, UnitLevel.self), name: try row.text(3),
        divisionCode: try row.optionalText(4).map { try row.present(DivisionCode($0), 4) },
        validFrom: try row.day(5)),
      profile: try row.optionalValue(7, VillageKind.self).map { kind in
        VillageProfile(
          kind: kind, population: try number(8), households: try number(9),
          farmland: try number(10), collectiveIncome: try number(11))
      })
  }

  /// What is known of one; rides the primary key.
  package static func find(
    _ unit: UnitID, in connection: any Connection
  ) throws -> Stored? {
    try connection.row(
      "select \(register.selection("v")) from villages v where v.id = ?1", [unit], decode)
  }
}

import Domain

/// What is known of townships, villages and communities; a row has the id of its unit.
package enum VillageRows {
  package static let register = Register(
    "villages", stream: "village",
    [
      .init("kind"), .init("population", .int), .init("households", .int),
      .init("farmland", .int), .init("collective_income", .int),
    ])

  package struct Stored: Sendable {
    package let unit: UnitID
    package let profile: VillageProfile
    let row: Register.Row
  }

  package static func add(
    _ new: [(unit: UnitID, profile: VillageProfile)], at now: Instant, by actor: Actor,
    in connection: any Connection
  ) throws {
    try register.add(
      new.map { Register.Row(id: $0.unit.value, values: values(of: $0.profile)) }, at: now,
      by: actor, in: connection)
  }

  /// - Returns: false where nothing differs.
  package static func change(
    _ stored: Stored, to new: VillageProfile, at now: Instant, by actor: Actor,
    in connection: any Connection
  ) throws -> Bool {
    try register.change(stored.row, to: values(of: new), at: now, by: actor, in: connection)
      != stored.row.version
  }

  /// The profiles in a subtree, by unit; rides units_path.
  package static func all(
    under path: String = "/", in connection: any Connection
  ) throws -> [UnitID: Stored] {
    var found: [UnitID: Stored] = [:]
    try connection.stream(
      """
      select \(register.selection("v"))
      from units u
      join villages v on v.id = u.id
      where u.path >= ?1 and u.path < ?2
      """, [path, UnitRows.subtreeEnd(path)]
    ) { sql in
      let stored = try decode(sql)
      found[stored.unit] = stored
    }
    return found
  }

  static func decode(_ sql: any SQLRow) throws -> Stored {
    let row = try register.row(sql)
    return Stored(
      unit: UnitID(row.id),
      profile: VillageProfile(
        kind: try sql.value(2, VillageKind.self),
        population: try sql.optionalInt(3).map { Int($0) },
        households: try sql.optionalInt(4).map { Int($0) },
        farmland: try sql.optionalInt(5).map { Int($0) },
        collectiveIncome: try sql.optionalInt(6).map { Int($0) }), row: row)
  }

  private static func values(of profile: VillageProfile) -> [any SQLConvertible] {
    [
      profile.kind, profile.population, profile.households, profile.farmland,
      profile.collectiveIncome,
    ]
  }
}

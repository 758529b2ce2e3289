import Domain
import Services
import Storage
import TestSupport
import Testing

/// A database of the version before the registers, brought up to date.
@Suite struct UpgradeTests {
  @Test(arguments: Engine.available)
  func unitsFromBeforeTheRegisters(engine: Engine) async throws {
    try await engine.withDatabase(migrated: false) { database in
      let before = Array(Migration.all.prefix(2))
      try await Migrations.apply(to: database, now: .reference, migrations: before)
      let day = Instant.reference.day
      try await database.write { connection in
        for (id, parent, level, name, code) in [
          (Int64(1), Int64?.none, "city", "示例市", "990100000000"),
          (2, 1, "county", "清河县", "990121000000"),
        ] {
          try connection.run(
            """
            insert into units (id, parent_id, kind, level, name, path, valid_from)
            values (?1, ?2, 'region', ?3, ?4, ?5, ?6)
            """, [id, parent, level, name, parent == nil ? "/1/" : "/1/2/", day])
          try connection.run(
            "insert into unit_division_codes (code, unit_id) values (?1, ?2)", [code, id])
          let above = parent.map { ",\"parent\":\"\($0)\"" } ?? ""
          let payload =
            "{\"division_code\":\"\(code)\",\"kind\":\"region\",\"level\":\"\(level)\","
            + "\"name\":\"\(name)\"\(above),\"valid_from\":\"\(day)\"}"
          try connection.run(
            """
            insert into ledger (id, stream, version, at, actor, kind, payload, leaf_hash)
            values (?1, ?2, 1, ?3, 'system', 'unit.created', ?4, ?5)
            """, [id, "unit/\(id)", Instant.reference, payload, [UInt8](repeating: 0, count: 32)])
        }
      }
      try await Migrations.apply(to: database, now: .reference)
      try await IndexNames(database)()
      let platform = try await TestPlatform(database)
      #expect(try await ReplayLedger(platform.platform)().differences == [])
      let tree = try await ShowTree(platform.platform)(asOf: day, under: nil)
      #expect(tree.map(\.path) == ["示例市", "示例市/清河县"])
      #expect(tree.last?.unit.divisionCode?.text == "990121000000")
      let found = try await FindByName(platform.platform)("清河", by: nil).found
      #expect(found.map(\.place) == ["示例市/清河县"])
    }
  }
}

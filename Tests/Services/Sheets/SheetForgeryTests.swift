import Domain
import Services
import Storage
import TestSupport
import Testing

/// Who changes what was published is found.
@Suite struct SheetForgeryTests {
  /// Who changes the tables is found: by computing the sheet again, by the replay, or both.
  @Test(
    arguments: Engine.available,
    [
      (
        """
        update problem_spans set closed_at = null
        where problem_id = (select min(problem_id) from problem_spans where closed_at is not null)
        """, [VerifySheet.Finding.tables], "problem_spans"
      ),
      ("delete from problem_spans", [.tables], "problem_spans"),
      // What only the list shows.
      ("update sheets set edition = 3", [], "sheets"),
      (
        "update sheets set content = replace(content, '\"weight\":80', '\"weight\":90')", [.row],
        "sheets"
      ),
      ("update sheets set digest = 'ab' || substr(digest, 3)", [.row], "sheets"),
      ("delete from sheet_units", [], "sheet_units"),
    ])
  func whoeverChangesTheTablesIsFound(
    engine: Engine, change: (sql: String, findings: [VerifySheet.Finding], table: String)
  ) async throws {
    try await SheetWorld.run(on: engine) { world in
      let id = try await world.draft()
      try await world.publish(id)
      #expect(try await world.verify(id).findings == [])
      try await world.write(change.sql)
      #expect(try await world.verify(id).findings == change.findings)
      let tables = try await ReplayLedger(world.platform)().differences.map(\.table)
      #expect(tables.contains(change.table))
    }
  }

  /// An entry that is changed in the ledger itself no longer has its digest; the ledger's own check names it.
  @Test(arguments: Engine.available)
  func aForgedEntryIsFound(engine: Engine) async throws {
    try await SheetWorld.run(on: engine) { world in
      let id = try await world.draft()
      try await world.publish(id)
      try await world.desk.test.sequence()
      try await world.write(
        """
        update ledger set payload = replace(payload, '"numerator":10,', '"numerator":12,')
        where kind = 'sheet.published'
        """)
      #expect(
        try await world.verify(id).findings == [.row, .digest, .tables, .ledger])
      #expect(try await VerifyLedger(world.platform)().fault != nil)
    }
  }
}

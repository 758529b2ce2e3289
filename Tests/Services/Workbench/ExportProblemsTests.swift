import Documents
import Domain
import Foundation
import Services
import Storage
import TestSupport
import Testing

@Suite struct ExportProblemsTests {
  private let words = ExportProblems.Words(
    sheet: "台账", number: "编号", title: "问题", heading: { $0.rawValue },
    cell: { "\($0.rawValue) \($1.number)" })

  private func path(_ ending: String) -> String {
    NSTemporaryDirectory() + UUID().uuidString + ending
  }

  /// All that the filter finds, not a page of it, with the chosen columns; and the ledger says who took
  /// what.
  @Test(arguments: Engine.available)
  func theFileHasAllAndTheLedgerSaysSo(engine: Engine) async throws {
    try await engine.withSample { test in
      let office = try await test.account(.office)
      _ = try await RandomProblems(seed: 3, count: 130, on: test.platform)
      var listing = ProblemListing()
      listing.filter.track = .village
      let file = path(".csv")
      defer { try? FileManager.default.removeItem(atPath: file) }
      let count = try await ExportProblems(test.platform)(
        listing, query: "track=village", [.unit, .found], to: file, words, by: office)
      let text = try String(contentsOfFile: file, encoding: .utf8)
      let lines = text.split(whereSeparator: \.isNewline)
      #expect(count > ListProblems.pageSize && lines.count == count + 1)
      #expect(lines[0].hasSuffix("编号,问题,unit,found"))
      let entries = try await test.platform.database.read { connection in
        try connection.rows(
          "select actor, payload from ledger where kind = 'disclosure.exported'"
        ) { (actor: try $0.text(0), payload: try $0.text(1)) }
      }
      #expect(entries.count == 1 && entries[0].actor == office.actor.description)
      #expect(
        entries[0].payload == """
          {"columns":["number","title","unit","found"],"count":\(count),\
          "filter":"track=village","register":"problems"}
          """)
    }
  }

  /// A handler takes what it sees, no more; who may not take any leaves no trace of a file.
  @Test(arguments: Engine.available)
  func nobodyTakesWhatTheyDoNotSee(engine: Engine) async throws {
    try await engine.withSample { test in
      let handler = try await test.account(.handler, unit: "清河县水利局")
      let seen = try await ListProblems(test.platform)(.init(), before: nil, for: handler)
      let file = path(".xlsx")
      defer { try? FileManager.default.removeItem(atPath: file) }
      let count = try await ExportProblems(test.platform)(
        .init(), query: "", [], to: file, words, by: handler)
      #expect(count == seen.items.count)
      #expect(FileManager.default.fileExists(atPath: file))
      let clerk = try await test.account(.villageClerk, unit: "柳林镇/河湾村")
      let other = path(".xlsx")
      await #expect(throws: UseCaseError.self) {
        _ = try await ExportProblems(test.platform)(
          .init(), query: "", [], to: other, words, by: clerk)
      }
      #expect(!FileManager.default.fileExists(atPath: other))
    }
  }
}

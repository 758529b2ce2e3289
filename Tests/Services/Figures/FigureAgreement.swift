import Domain
import Services
import Storage
import TestSupport
import Testing

/// The pages' figures, the query over the tables and the count over the ledger say the same.
enum FigureAgreement {
  /// Asks for figures at random, each of a random instant, period, knowledge and dimension.
  static func check(_ platform: Platform, seed: UInt64, times: Int = 60) async throws {
    var generator = SplitMix(state: seed)
    let instants = try await platform.database.read { connection in
      try connection.rows("select at from ledger where stream > 'problem/' order by at") {
        try $0.instant(0)
      }
    }
    let figures = platform.definitions.figures.filter { $0.subject != .targets }
    let fromLedger = try await platform.database.read { connection in
      try FigureColumns(for: figures, fromLedgerIn: connection)
    }
    for _ in 0..<times {
      let asked = request(figures, instants, &generator)
      let fromPages = try await AskFigure(platform)(asked, for: nil)
      let fromTables = try await QueryFigure(platform)(asked)
      let counted = fromLedger.count(fromPages.definition, fromPages.query)
      for other in [fromTables, counted] {
        #expect(other.groups == fromPages.groups, "\(asked)")
        #expect(other.total == fromPages.total, "\(asked)")
      }
    }
  }

  private static func request(
    _ figures: [Definition], _ instants: [Instant], _ generator: inout SplitMix
  ) -> FigureRequest {
    let figure = figures.randomElement(using: &generator)!
    // On an event, a millisecond beside it, or at the end of its day.
    let event = instants.randomElement(using: &generator)!
    let asOf = [
      event, Instant(milliseconds: event.milliseconds + 1), Instant(startOf: event.day + 1),
    ].randomElement(using: &generator)!
    var request = FigureRequest(
      figure.code, asOf: asOf, by: FigureQuery.Dimension.allCases.randomElement(using: &generator))
    if Bool.random(using: &generator) {
      let days = (0..<2).map { _ in instants.randomElement(using: &generator)!.day }.sorted()
      request.period = .init(from: days[0], to: days[1])
    }
    if Int.random(in: 0..<3, using: &generator) == 0 { request.knownOn = .now }
    if Int.random(in: 0..<4, using: &generator) == 0 {
      request.track = [.village, .enterprise].randomElement(using: &generator)
    }
    return request
  }
}

import Domain
import Services
import Storage
import TestSupport
import Testing

@Suite struct ProblemFilterTests {
  /// Whether a row has what a filter asks for: the words of the filter, one by one.
  private func fits(
    _ row: RandomProblems.Row, _ filter: ProblemFilter, handler: UnitRows.Stored?,
    place: UnitRows.Stored?, now: Instant
  ) -> Bool {
    func within(_ span: DaySpan, _ day: Day?) -> Bool {
      span.isOpen
        || day.map { (span.from ?? $0) <= $0 && $0 <= (span.to ?? $0) } ?? false
    }
    func equal<T: Equatable>(_ asked: T?, _ value: T?) -> Bool { asked == nil || asked == value }
    // A due instant is the end of its day.
    let dueDay = row.due.map { Instant(milliseconds: $0.milliseconds - 1).day }
    return equal(filter.track, row.track) && equal(filter.state, row.state)
      && equal(filter.category, row.category) && equal(filter.difficulty, row.difficulty)
      && equal(filter.tier, row.tier) && equal(filter.outcome, row.outcome)
      && equal(filter.rating, row.rating) && equal(filter.number, row.number)
      && equal(filter.lamp, Lamp.of(yellow: row.yellow, due: row.due, now: now))
      && within(filter.found, row.found) && within(filter.registered, row.registered.day)
      && within(filter.due, dueDay)
      && (handler.map { row.unit?.path.hasPrefix($0.path) ?? false } ?? true)
      && (place.map { row.concerns?.path.hasPrefix($0.path) ?? false } ?? true)
  }

  private func ordered(
    _ rows: [RandomProblems.Row], _ order: ProblemSort
  ) -> [RandomProblems.Row] {
    switch order {
    case .newest: rows.sorted { $0.id.value > $1.id.value }
    case .due:
      rows.filter { $0.due != nil }.sorted { ($0.due!, $0.id.value) < ($1.due!, $1.id.value) }
    case .registered:
      rows.sorted { ($0.registered, $0.id.value) > ($1.registered, $1.id.value) }
    case .found: rows.sorted { ($0.found, $0.id.value) > ($1.found, $1.id.value) }
    }
  }

  /// Walks all pages of a filter, seven rows at a time.
  private func walk(
    _ filter: ProblemFilter, now: Instant, _ platform: Platform
  ) async throws -> [Int64] {
    try await platform.database.read { connection in
      var (numbers, before): ([Int64], ProblemCursor?) = ([], nil)
      repeat {
        let page = try ProblemList.page(
          filter, visible: .all, before: before, limit: 7, now: now, in: connection)
        numbers += page.items.map(\.number)
        // As it stands in the address.
        before = page.next.flatMap { ProblemCursor($0.description) }
      } while before != nil
      return numbers.filter { $0 >= 900_000 }
    }
  }

  @Test(arguments: Engine.available)
  func pagesOfAnyFilterAreWhatTheFilterSays(engine: Engine) async throws {
    try await engine.withSample { test in
      var made = try await RandomProblems(seed: 7, count: 300, on: test.platform)
      var total = 0
      for _ in 0..<120 {
        var filter = ProblemFilter()
        // A few at a time, so that something is found.
        for _ in 0..<made.pick(0...3) {
          switch made.pick(0...13) {
          case 0: filter.track = made.some([.enterprise, .village])
          case 1: filter.state = made.some(ProblemState.allCases)
          case 2: filter.category = made.some(["land", "finance", "other"])
          case 3: filter.difficulty = made.some(Difficulty.allCases)
          case 4: filter.tier = made.some(["township", "county_office"])
          case 5: filter.outcome = made.some(Outcome.allCases)
          case 6: filter.rating = made.some(Rating.allCases)
          case 7: filter.lamp = made.some([.red, .yellow, .green, .grey])
          case 8: filter.found = DaySpan(from: made.some([made.day()]), to: made.some([made.day()]))
          case 9:
            filter.registered = DaySpan(
              from: made.some([made.day()]), to: made.some([made.day()]))
          case 10: filter.due = DaySpan(from: made.some([made.day()]), to: made.some([made.day()]))
          case 11: filter.sort = made.some(ProblemSort.allCases)
          case 12: filter.handler = made.some(made.units)?.path
          default: filter.place = made.some(made.units)?.path
          }
        }
        let handler = made.units.first { $0.path == filter.handler }
        let place = made.units.first { $0.path == filter.place }
        let expected = ordered(
          made.rows.filter { fits($0, filter, handler: handler, place: place, now: made.now) },
          filter.order
        ).map(\.number)
        let found = try await walk(filter, now: made.now, test.platform)
        #expect(found == expected, "\(filter)")
        total += found.count
      }
      #expect(total > 1000)
    }
  }

  @Test(arguments: Engine.available)
  func whoMayNotSeeRatingsCannotFilterByThem(engine: Engine) async throws {
    try await engine.withSample { test in
      let handler = try await test.account(.handler, unit: "清河县水利局")
      var listing = ProblemListing()
      listing.filter.rating = .dissatisfied
      await #expect(throws: UseCaseError.self) {
        _ = try await ShowProblemList(test.platform)(listing, before: nil, for: handler)
      }
    }
  }

  @Test(arguments: Engine.available)
  func anUnknownUnitListsNothingAndSaysSo(engine: Engine) async throws {
    try await engine.withSample { test in
      let office = try await test.account(.office)
      var listing = ProblemListing()
      listing.unit = "没有这个局"
      let shown = try await ShowProblemList(test.platform)(listing, before: nil, for: office)
      #expect(shown.fault == .unknownUnit && shown.page.items.isEmpty)
      listing.unit = ""
      listing.place = "没有这个村"
      #expect(
        try await ShowProblemList(test.platform)(listing, before: nil, for: office).fault
          == .unknownPlace)
    }
  }
}

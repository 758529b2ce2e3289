import Domain
import Testing

/// What is counted and listed from columns, held against the rows themselves.
@Suite struct ColumnTests {
  private static let definition = FigureRules.definitions["found_count"]!

  /// A span of a problem that was found on a day and is still open.
  private func row(_ id: Int, span: Int = 1, found: Day = Day("2026-11-20")!) -> FigureRow {
    let start = Instant(startOf: found)
    return FigureRow(
      problem: ProblemID(Int64(id)), span: span, from: start, begins: start, to: nil,
      endsRound: false, foundAt: start, registeredAt: start, track: .village, origin: nil,
      area: Area(), facts: Problem.Facts(round: span))
  }

  /// Days are numbered from 1970-01-01, which is 0; −719162 is the first of year 1 and 2932896 the last of
  /// year 9999 (Python's `date.toordinal() - 719163`).
  @Test(arguments: [
    ("1970-01-01", "0"), ("1969-12-31", "-1"), ("0001-01-01", "-719162"),
    ("9999-12-31", "2932896"), ("2026-11-20", "20777"), ("2149-06-06", "65535"),
    ("2149-06-07", "65536"),
  ])
  func everyDayOfTheCalendarIsAGroup(_ text: String, _ key: String) throws {
    let day = try #require(Day(text))
    var columns = FigureColumns(for: [Self.definition])
    for id in 1...3 { columns.append([row(id, found: day)]) }
    columns.append([row(4, found: Day("2021-03-01")!)])
    let result = columns.count(
      Self.definition, FigureQuery(asOf: Instant(startOf: Day("9999-12-31")! + 1), by: .day))
    #expect(result.groups.first { $0.key == key }?.tally.denominator == 3)
    #expect(result.groups.count == 2 && result.total.denominator == 4)
  }

  /// However rows came, were replaced or moved, the pages of a list are the newest first, each once.
  @Test func pagesFollowTheOrderWhateverMoved() {
    var generator = SplitMix(state: 7)
    var columns = FigureColumns(for: [Self.definition])
    // Spans by problem; what is known of the columns without them.
    var known: [Int: Int] = [:]
    func take(_ id: Int, spans: Int, isNew: Bool) {
      let rows = (1...spans).map { row(id, span: $0) }
      if isNew { columns.append(rows) } else { columns.replace(rows) }
      known[id] = spans
    }
    // Some blocks full, every tenth with two spans.
    for id in 1...10_000 { take(id * 10, spans: id % 10 == 0 ? 2 : 1, isNew: true) }
    func check(_ count: Int) {
      let expected = known.flatMap { id, spans in (1...spans).map { [id, $0] } }
        .sorted { ($0[0], $0[1]) > ($1[0], $1[1]) }
      #expect(columns.page(count) == Array(expected.prefix(count)))
      // From somewhere in the middle on, to the end.
      let middle = expected.count - 700
      #expect(
        columns.page(700, after: expected[middle - 1]) == Array(expected[middle...]))
    }
    check(150)
    #expect(columns.disorder == 0)
    // Moved by another span, at both ends and between; moved twice; replaced where it stood.
    for _ in 0..<60 {
      let id = Int.random(in: 1...10_000, using: &generator) * 10
      take(id, spans: known[id]! + 1, isNew: false)
    }
    for id in [10, 10, 100_000, 50_000, 99_990] { take(id, spans: known[id]! + 1, isNew: false) }
    take(70, spans: known[70]!, isNew: false)
    check(150)
    // New ones come behind those that moved; one of them with an older number.
    for id in [100_010, 100_020, 55_555, 100_030] { take(id, spans: 1, isNew: false) }
    check(150)
    #expect(columns.disorder > 60)
  }
}

extension FigureColumns {
  /// A page of everything that was found, as problem and span.
  fileprivate func page(_ limit: Int, after: [Int]? = nil) -> [[Int]] {
    members(
      .denominator, FigureRules.definitions["found_count"]!,
      FigureQuery(asOf: Instant(startOf: Day("2026-12-01")!)), group: nil, share: nil,
      after: after.map { FigureMember(problem: ProblemID(Int64($0[0])), span: $0[1]) },
      limit: limit
    ).map { [Int($0.problem.value), $0.span] }
  }
}

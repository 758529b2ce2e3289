import Domain
import Services
import Storage
import TestSupport

/// Rows of problems made up at random, and what is known of them, to try lists against. Nothing stands
/// behind them in the ledger.
struct RandomProblems {
  struct Row {
    let id: ProblemID
    let number: Int64
    let track: Track
    let state: ProblemState
    let category: String?
    let difficulty: Difficulty?
    let tier: String?
    let outcome: Outcome?
    let rating: Rating?
    let found: Day
    let registered: Instant
    let yellow: Instant?
    let due: Instant?
    let unit: UnitRows.Stored?
    let concerns: UnitRows.Stored?
  }

  private(set) var rows: [Row] = []
  /// Units to filter by, from the root down.
  let units: [UnitRows.Stored]
  let now: Instant
  private var random: SplitMix

  init(seed: UInt64, count: Int, on platform: Platform) async throws {
    random = SplitMix(state: seed)
    now = platform.now()
    units = try await platform.database.read { connection in
      let county = try UnitRows.find(name: "清河县", in: connection).first!
      var units: [UnitRows.Stored] = []
      try UnitRows.all(under: county.path, in: connection) { units.append($0) }
      return units
    }
    for index in 0..<count { rows.append(row(index)) }
    let rows = rows
    try await platform.database.write { connection in
      try connection.run("delete from problem_tasks")
      for row in rows { try Self.insert(row, in: connection) }
    }
  }

  /// A value of the list, or none.
  mutating func some<T>(_ values: [T]) -> T? {
    Bool.random(using: &random) ? values.randomElement(using: &random) : nil
  }

  mutating func day() -> Day { now.day + Int.random(in: -40...40, using: &random) }

  mutating func pick(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

  private mutating func row(_ index: Int) -> Row {
    let due = some([0]).map { _ in now + Int64(pick(-20...20)) * 43_200 }
    return Row(
      id: ProblemID(9_000_000_000_000_000_000 + Int64(index) * 7),
      number: Int64(900_000 + index),
      track: pick(0...1) == 0 ? .enterprise : .village,
      state: ProblemState.allCases.randomElement(using: &random)!,
      category: some(["land", "finance", "other"]), difficulty: some(Difficulty.allCases),
      tier: some(["township", "county_office"]), outcome: some(Outcome.allCases),
      rating: some(Rating.allCases), found: day(),
      registered: Instant(startOf: day()) + Int64(pick(0...80_000)),
      yellow: due.map { $0 + Int64(-pick(1...4)) * 43_200 }, due: due, unit: some(units),
      concerns: some(units))
  }

  private static func insert(_ row: Row, in connection: any Connection) throws {
    try connection.insert(
      into: "problems",
      [
        "id", "version", "number", "track", "title", "detail", "concerns", "concerns_unit_id",
        "found_on", "registered_at", "state", "category", "difficulty", "tier", "unit_id",
        "round", "due_at", "yellow_at", "outcome", "since",
      ],
      [
        [
          row.id, 1, row.number, row.track, "题 \(row.number)", "", "某处",
          row.concerns?.unit.id, row.found, row.registered, row.state, row.category,
          row.difficulty, row.tier, row.unit?.unit.id, 1, row.due, row.yellow, row.outcome, 0,
        ]
      ])
    guard let rating = row.rating else { return }
    try connection.insert(
      into: "problem_rounds",
      ["problem_id", "round", "rule", "rule_version", "assigned_at", "rating", "taken_over"],
      [[row.id, 1, "", 0, row.registered, rating, true]])
  }
}

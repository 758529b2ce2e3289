import Domain

/// The state rows of problems: what lists and figures are made of. Every row follows from the
/// ledger.
enum ProblemRows {
  /// The columns of `problems` that change with its events, beside the id.
  private static let changing = [
    "version", "state", "category", "difficulty", "unit_id", "round", "assigned_at", "due_at",
    "yellow_at", "outcome", "accepted_at", "declined_at", "judged_at",
  ]
  private static let lasting = [
    "number", "track", "title", "detail", "concerns", "concerns_unit_id", "found_on",
    "registered_at",
  ]
  /// All columns of `problems` that follow from the ledger, beside the id.
  static let columns = changing + lasting
  static let roundColumns = [
    "unit_id", "rule", "rule_version", "assigned_at", "acknowledged_at", "first_feedback_at",
    "claimed_at", "outcome", "verified_at", "verification_failed_at", "return_visited_at",
    "rating", "closed_at",
  ]
  static let milestoneColumns = ["budget", "due_on", "due_at", "provisional", "met_at"]

  static func values(of problem: Problem) -> [any SQLConvertible] {
    let registration = problem.registration
    return changingValues(of: problem) + [
      registration.number, registration.track, registration.title, registration.detail,
      registration.concerns, registration.concernsUnit, registration.foundOn,
      problem.registeredAt,
    ]
  }

  private static func changingValues(of problem: Problem) -> [any SQLConvertible] {
    let round = problem.round
    let due = problem.state.isEnded ? nil : round?.nextDue
    return [
      problem.version, problem.state, problem.category, problem.difficulty,
      round?.assignment.unit, round?.number ?? 0, round?.assignedAt, due?.instant, due?.yellow,
      round?.claim?.outcome, problem.acceptedAt, problem.declinedAt, problem.judgedAt,
    ]
  }

  static func values(of round: Problem.Round) -> [any SQLConvertible] {
    [
      round.assignment.unit, round.assignment.rule, round.assignment.ruleVersion,
      round.assignedAt, round.acknowledgedAt, round.firstFeedbackAt, round.claimedAt,
      round.claim?.outcome, round.verifiedAt, round.verificationFailedAt, round.returnVisitedAt,
      round.rating, round.closedAt,
    ]
  }

  static func values(
    of due: ProblemEvent.Assigned.Due, in round: Problem.Round
  ) -> [any SQLConvertible] {
    [due.budget.description, due.day, due.instant, due.isProvisional, round.met(due.milestone)]
  }

  static func insert(
    _ problem: Problem, importKey: [UInt8]?, in connection: any Connection
  ) throws {
    try connection.run(registering, [problem.id] + values(of: problem) + [importKey])
  }

  /// The same for many new problems at once.
  static func insert(
    _ problems: [(problem: Problem, importKey: [UInt8]?)], in connection: any Connection
  ) throws {
    try connection.insert(
      into: "problems", ["id"] + columns + ["import_key"],
      problems.map { [$0.problem.id] + values(of: $0.problem) + [$0.importKey] })
  }

  static func update(_ problem: Problem, in connection: any Connection) throws {
    try connection.run(updating, [problem.id] + changingValues(of: problem))
    // A step touches at most the round it ends and the one it opens.
    for round in problem.rounds.suffix(2) {
      try connection.run(savingRound, [problem.id, round.number] + values(of: round))
      for due in round.assignment.due {
        try connection.run(
          savingMilestone,
          [problem.id, round.number, due.milestone] + values(of: due, in: round))
      }
    }
  }

  private static let registering = insertion(
    into: "problems", ["id"] + columns + ["import_key"])
  private static let updating =
    "update problems set "
    + changing.enumerated().map { "\($1) = ?\($0 + 2)" }.joined(separator: ", ")
    + " where id = ?1"
  /// An assignment is written once; what happens in its round is filled in.
  private static let savingRound =
    insertion(into: "problem_rounds", ["problem_id", "round"] + roundColumns)
    + " on conflict (problem_id, round) do update set "
    + roundColumns.dropFirst(4).map { "\($0) = excluded.\($0)" }.joined(separator: ", ")
  private static let savingMilestone =
    insertion(
      into: "problem_milestones", ["problem_id", "round", "milestone"] + milestoneColumns)
    + " on conflict (problem_id, round, milestone) do update set met_at = excluded.met_at"

  /// As many running numbers, in order.
  static func nextNumbers(
    _ count: Int, in connection: any Connection
  ) throws -> [Int64] {
    switch connection.dialect {
    case .sqlite: try (0..<count).map { _ in try nextNumber(in: connection) }
    // In one round trip.
    case .postgres:
      try connection.rows(
        "select nextval('problem_number') from generate_series(1, ?1) order by 1", [count]
      ) { try $0.int(0) }
    }
  }

  /// The next running number of a problem.
  static func nextNumber(in connection: any Connection) throws -> Int64 {
    try connection.row(connection.dialect.nextNumber(of: "problem_number")) { try $0.int(0) }!
  }
}

extension ProblemHistory {
  package static func nextNumber(in connection: any Connection) throws -> Int64 {
    try ProblemRows.nextNumber(in: connection)
  }

  /// Registers new problems, as many as a file has: their ledger entries and rows in two statements.
  package static func register(
    _ registered: [(event: ProblemEvent.Registered, importKey: [UInt8]?)], at now: Instant,
    by actor: Actor, in connection: any Connection
  ) throws {
    let numbers = try ProblemRows.nextNumbers(registered.count, in: connection)
    let problems = zip(registered, numbers).map { registered, number in
      var event = registered.event
      event.number = number
      let id = ProblemID(Identifiers.shared.next(now))
      return (
        history: ProblemHistory(registered: event, id: id, at: now, by: actor),
        importKey: registered.importKey
      )
    }
    try LedgerRows.append(problems.map { try $0.history.lastEntry() }, to: connection)
    try ProblemRows.insert(
      problems.map { ($0.history.problem, $0.importKey) }, in: connection)
  }

  /// Which of these rows of a file are registered already; rides the unique index on import_key.
  package static func registered(
    among keys: [[UInt8]], in connection: any Connection
  ) throws -> Set<[UInt8]> {
    var found: Set<[UInt8]> = []
    for start in stride(from: 0, to: keys.count, by: 500) {
      let some = keys[start..<min(start + 500, keys.count)]
      try connection.stream(
        "select import_key from problems where import_key in (\(places(some.count)))", Array(some)
      ) { found.insert(try $0.bytes(0)) }
    }
    return found
  }

  /// The problem that a row of a file, or a form, was registered as before; rides the unique index on
  /// import_key.
  package static func registered(
    by key: [UInt8], in connection: any Connection
  ) throws -> ProblemID? {
    try connection.row("select id from problems where import_key = ?1", [key]) {
      try $0.problemID(0)
    }
  }
}

import Domain

/// The state rows of problems: what lists and figures are made of. Every row follows from the
/// ledger.
enum ProblemRows {
  static func insert(
    _ problem: Problem, importKey: [UInt8]?, in connection: any Connection
  ) throws {
    let registration = problem.registration
    try connection.run(
      """
      insert into problems (
        id, version, number, track, title, detail, concerns, concerns_unit_id, found_on,
        registered_at, state, round, import_key)
      values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 0, ?12)
      """,
      [
        problem.id, problem.version, registration.number, registration.track, registration.title,
        registration.detail, registration.concerns, registration.concernsUnit,
        registration.foundOn, problem.registeredAt, problem.state, importKey,
      ])
  }

  static func update(_ problem: Problem, in connection: any Connection) throws {
    let round = problem.round
    let due = problem.state.isEnded ? nil : round?.nextDue
    try connection.run(
      """
      update problems
      set version = ?2, state = ?3, category = ?4, difficulty = ?5, unit_id = ?6, round = ?7,
        assigned_at = ?8, due_at = ?9, yellow_at = ?10, outcome = ?11, accepted_at = ?12,
        declined_at = ?13, judged_at = ?14
      where id = ?1
      """,
      [
        problem.id, problem.version, problem.state, problem.category, problem.difficulty,
        round?.assignment.unit, round?.number ?? 0, round?.assignedAt,
        due?.instant, due?.yellow, round?.claim?.outcome, problem.acceptedAt, problem.declinedAt,
        problem.judgedAt,
      ])
    // A step touches at most the round it ends and the one it opens.
    for round in problem.rounds.suffix(2) { try save(round, of: problem.id, in: connection) }
  }

  private static func save(
    _ round: Problem.Round, of problem: ProblemID, in connection: any Connection
  ) throws {
    try connection.run(
      """
      insert into problem_rounds (
        problem_id, round, unit_id, rule, rule_version, assigned_at, acknowledged_at,
        first_feedback_at, claimed_at, outcome, verified_at, verification_failed_at,
        return_visited_at, rating, closed_at)
      values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
      on conflict (problem_id, round) do update
      set acknowledged_at = excluded.acknowledged_at,
        first_feedback_at = excluded.first_feedback_at, claimed_at = excluded.claimed_at,
        outcome = excluded.outcome, verified_at = excluded.verified_at,
        verification_failed_at = excluded.verification_failed_at,
        return_visited_at = excluded.return_visited_at, rating = excluded.rating,
        closed_at = excluded.closed_at
      """,
      [
        problem, round.number, round.assignment.unit, round.assignment.rule,
        round.assignment.ruleVersion, round.assignedAt, round.acknowledgedAt,
        round.firstFeedbackAt, round.claimedAt, round.claim?.outcome, round.verifiedAt,
        round.verificationFailedAt, round.returnVisitedAt, round.rating, round.closedAt,
      ])
    for due in round.assignment.due {
      try connection.run(
        """
        insert into problem_milestones (
          problem_id, round, milestone, budget, due_on, due_at, provisional, met_at)
        values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        on conflict (problem_id, round, milestone) do update
        set met_at = excluded.met_at
        """,
        [
          problem, round.number, due.milestone, due.budget.description, due.day, due.instant,
          due.isProvisional, round.met(due.milestone),
        ])
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

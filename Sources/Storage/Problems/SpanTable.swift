import Domain

extension ProblemTables {
  /// A row for each stretch of a problem's life (`Problem.Span`).
  static let spans = DerivedTable(
    "problem_spans", key: ["problem_id", "span"], columns: FigureRow.columns
  ) { problem, _ in
    problem.figureRows.map { row in
      let facts = row.facts
      return [
        row.problem, row.span, row.from, row.begins, row.to, row.foundAt, facts.closedAt,
        facts.claimedAt, facts.assignedAt, facts.dueAt, row.endsRound, row.track, facts.outcome,
        facts.mergedAt, facts.declinedAt, facts.category, facts.judgedAt, facts.round,
        facts.rating, facts.evaluatedAt, facts.shelvedAt, facts.suspendedAt, facts.unit,
        row.area.county, row.area.township, row.area.village, row.origin, facts.tier,
        facts.tierSince, facts.difficulty, facts.feedbackAt, facts.yellowAt, row.registeredAt,
        facts.acceptedAt, facts.acknowledgedAt, facts.objectedAt, facts.extendedAt,
        facts.verifiedAt, facts.failedAt, facts.lookedBackAt, row.looked, facts.referredAt,
        facts.batch, facts.pushedDown == true ? "yes" : nil,
      ]
    }
  }
}

extension FigureRow {
  /// Without the key.
  static let columns = [
    "from_at", "begins_at", "to_at", "found_at", "closed_at", "claimed_at", "assigned_at",
    "due_at", "ends_round", "track", "outcome", "merged_at", "declined_at", "category",
    "judged_at", "round", "rating", "evaluated_at", "shelved_at", "suspended_at", "unit_id",
    "county_id", "township_id", "village_id", "origin", "tier", "tier_since", "difficulty",
    "feedback_at", "yellow_at", "registered_at", "accepted_at", "acknowledged_at",
    "objected_at", "extended_at", "verified_at", "failed_at", "looked_back_at", "look_back",
    "referred_at", "batch_id", "pushed_down",
  ]

  fileprivate var looked: String? { facts.lookBackPassed.map { $0 ? "passed" : "failed" } }

  /// - Parameter row: `problem_id`, `span`, then `columns`.
  init(_ row: any SQLRow) throws {
    var facts = Problem.Facts(round: Int(try row.int(17)))
    facts.closedAt = try row.optionalInstant(6)
    facts.claimedAt = try row.optionalInstant(7)
    facts.assignedAt = try row.optionalInstant(8)
    facts.dueAt = try row.optionalInstant(9)
    facts.outcome = try row.optionalValue(12, Outcome.self)
    facts.mergedAt = try row.optionalInstant(13)
    facts.declinedAt = try row.optionalInstant(14)
    facts.category = try row.optionalText(15)
    facts.judgedAt = try row.optionalInstant(16)
    facts.rating = try row.optionalValue(18, Rating.self)
    facts.evaluatedAt = try row.optionalInstant(19)
    facts.shelvedAt = try row.optionalInstant(20)
    facts.suspendedAt = try row.optionalInstant(21)
    facts.unit = try row.optionalUnitID(22)
    facts.tier = try row.optionalText(27)
    facts.tierSince = try row.optionalInstant(28)
    facts.difficulty = try row.optionalValue(29, Difficulty.self)
    facts.feedbackAt = try row.optionalInstant(30)
    facts.yellowAt = try row.optionalInstant(31)
    facts.acceptedAt = try row.optionalInstant(33)
    facts.acknowledgedAt = try row.optionalInstant(34)
    facts.objectedAt = try row.optionalInstant(35)
    facts.extendedAt = try row.optionalInstant(36)
    facts.verifiedAt = try row.optionalInstant(37)
    facts.failedAt = try row.optionalInstant(38)
    facts.lookedBackAt = try row.optionalInstant(39)
    facts.lookBackPassed = try row.optionalText(40).map { $0 == "passed" }
    facts.referredAt = try row.optionalInstant(41)
    facts.batch = try row.optionalInt(42).map { BatchID($0) }
    facts.pushedDown = try row.optionalText(43) == nil ? nil : true
    self.init(
      problem: try row.problemID(0), span: Int(try row.int(1)), from: try row.instant(2),
      begins: try row.instant(3), to: try row.optionalInstant(4),
      endsRound: try row.int(10) == 1, foundAt: try row.instant(5),
      registeredAt: try row.instant(32), track: try row.value(11, Track.self),
      origin: try row.optionalValue(26, Origin.self),
      area: Area(
        county: try row.optionalUnitID(23), township: try row.optionalUnitID(24),
        village: try row.optionalUnitID(25)), facts: facts)
  }
}

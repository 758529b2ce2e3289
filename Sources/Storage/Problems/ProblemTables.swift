import Domain

/// The state tables of problems: what lists and figures are made of.
enum ProblemTables {
  /// Without `problems` itself, whose row also has what only its registration knows.
  static let parts = [rounds, legs, dues, sources, spans, tasks, timers]

  static let problems = DerivedTable(
    "problems", key: ["id"],
    columns: [
      "version", "state", "since", "category", "difficulty", "tier", "tier_since", "tier_due_at",
      "unit_id", "round", "assigned_at", "due_at", "yellow_at", "outcome", "accepted_at",
      "declined_at", "judged_at", "master_id", "batch_id", "review_on", "lane",
      "number", "track", "title", "detail", "concerns", "concerns_unit_id",
      "concerns_enterprise_id", "found_on", "registered_at", "registered_by",
      "split_from",
    ]
  ) { problem, _ in
    let registration = problem.registration
    let (round, due) = (problem.round, problem.nextDue)
    var unit: UnitID?
    if case .unit(let lead) = round?.lead?.party { unit = lead }
    return [
      [
        problem.id, problem.version, problem.state, problem.since, problem.category,
        problem.difficulty, problem.tier?.code, problem.tier?.since, problem.tier?.due, unit,
        round?.number ?? 0, round?.assignedAt, due?.instant, due?.yellow, round?.claim?.outcome,
        problem.acceptedAt, problem.declinedAt, problem.judgedAt, problem.master, problem.batch,
        problem.shelving?.reviewOn, problem.lane, registration.number,
        registration.track, registration.title, registration.detail, registration.concerns,
        registration.concernsUnit, registration.concernsEnterprise, registration.foundOn,
        problem.registeredAt, problem.registeredBy, registration.splitFrom,
      ]
    ]
  }

  private static let rounds = DerivedTable(
    "problem_rounds", key: ["problem_id", "round"],
    columns: [
      "unit_id", "rule", "rule_version", "assigned_at", "due_at", "acknowledged_at",
      "first_feedback_at", "claimed_at", "outcome", "verified_at", "verified_by",
      "verification_failed_at", "evaluated_at", "return_visited_at", "rating", "closed_at",
      "looked_back_at", "look_back_passed", "reopened_at", "taken_over",
    ]
  ) { problem, _ in
    problem.rounds.map { round in
      let lead = round.lead
      let pastDue = round.takenOver?.dueOn.map { Instant(startOf: $0 + 1) }
      return [
        problem.id, round.number, round.unit, lead?.rule ?? "", lead?.ruleVersion ?? 0,
        round.assignedAt, lead?.finalDue?.instant ?? pastDue,
        lead?.acknowledgedAt, lead?.firstFeedbackAt, round.claimedAt, round.claim?.outcome,
        round.verifiedAt, round.verifiedBy, round.verificationFailedAt, round.evaluatedAt,
        round.returnVisitedAt, round.rating, round.closedAt, round.lookedBackAt,
        round.lookBackPassed, round.reopenedAt, round.takenOver != nil,
      ]
    }
  }

  private static let legs = DerivedTable(
    "problem_legs", key: ["problem_id", "leg"],
    columns: [
      "round", "role", "unit_id", "official_id", "assigned_at", "acknowledged_at",
      "first_feedback_at", "answered_at", "withdrawn_at", "withdrawal", "objected_at",
      "objection_upheld", "extension_approved", "suspended_at", "urgings", "pushed_down",
    ]
  ) { problem, _ in
    problem.rounds.flatMap(\.legs).map { leg in
      var (unit, official): (UnitID?, OfficialID?)
      switch leg.party {
      case .unit(let id): unit = id
      case .official(let id): official = id
      }
      let ruled = leg.objection.flatMap { $0.ruledAt == nil ? nil : $0.upheld }
      let decided = leg.extended.flatMap { $0.decidedAt == nil ? nil : $0.approved }
      let suspended = leg.suspensions.last.flatMap { $0.until == nil ? $0.from : nil }
      return [
        problem.id, leg.number, leg.round, leg.role, unit, official, leg.assignedAt,
        leg.acknowledgedAt, leg.firstFeedbackAt, leg.answeredAt, leg.withdrawnAt, leg.withdrawal,
        leg.objection?.at, ruled, decided, suspended, leg.urgingsSent, leg.isPushedDown,
      ]
    }
  }

  private static let dues = DerivedTable(
    "problem_dues", key: ["problem_id", "leg", "milestone", "step"],
    columns: ["budget", "due_on", "due_at", "yellow_at", "provisional", "met_at", "ended_at"]
  ) { problem, _ in
    func row(
      _ leg: Int, _ due: ProblemEvent.Due, _ met: Instant?, ended: Instant? = nil
    ) -> [any SQLConvertible] {
      [
        problem.id, leg, due.milestone, due.step ?? 0, due.budget.description, due.day,
        due.instant, due.yellow, due.isProvisional, met, ended,
      ]
    }
    return problem.registrationDue.map { row(0, $0, problem.met($0)) }
      + problem.rounds.flatMap(\.legs).flatMap { leg in
        leg.due.map { row(leg.number, $0, leg.met($0), ended: leg.withdrawnAt) }
      }
  }

  private static let sources = DerivedTable(
    "problem_sources", key: ["problem_id", "ordinal"], columns: ["channel", "number"]
  ) { problem, _ in
    problem.sources.enumerated().map { [problem.id, $0 + 1, $1.channel, $1.number] }
  }

  static let tasks = DerivedTable(
    "problem_tasks", key: ["problem_id", "task", "leg"],
    columns: [
      "office", "unit_id", "official_id", "from_at", "due_at", "yellow_at", "order_at",
    ], dependsOnRules: true
  ) { problem, rules in
    guard let procedure = rules.procedures[problem.track] else { return [] }
    return problem.tasks(procedure, rules.calendar).map { task in
      var (unit, official): (UnitID?, OfficialID?)
      switch task.party {
      case .office: break
      case .unit(let id): unit = id
      case .official(let id): official = id
      }
      return [
        problem.id, task.kind, task.leg, task.party == .office, unit, official, task.from,
        task.due, task.yellow, task.due ?? task.from,
      ]
    }
  }

  static let timers = DerivedTable(
    "problem_timers", key: ["problem_id", "rung", "leg", "milestone", "step"], columns: ["at"],
    dependsOnRules: true
  ) { problem, rules in
    guard let procedure = rules.procedures[problem.track] else { return [] }
    return problem.timers(procedure, rules.calendar).map { timer in
      [
        problem.id, timer.key.rung, timer.key.leg, timer.key.milestone?.rawValue ?? "",
        timer.key.step, timer.at,
      ]
    }
  }
}

import Domain
import Services
import Storage

/// Problems as programs see them.
enum ProblemShapes {
  /// A line of the register.
  static let summary = Shape<ProblemSummary>(
    "ProblemSummary",
    [
      .init(id: "id") { $0.id },
      .init("version") { $0.version },
      .init("number") { $0.number },
      .init("track") { $0.track.rawValue },
      .init("title") { $0.title },
      .init("concerns") { $0.concerns },
      .init(choice: "state") { $0.state },
      .init("category") { $0.category },
      .init(choice: "difficulty") { $0.difficulty },
      .init("tier") { $0.tier },
      .init("found_on") { $0.foundOn },
      .init("registered_at") { $0.registeredAt },
      .init("yellow_at") { $0.yellowAt },
      .init("due_at") { $0.dueAt },
      .init("unit") { $0.unitName },
      .init(choice: "outcome") { $0.outcome },
    ])

  static let due = Shape<ProblemEvent.Due>(
    "Due",
    [
      .init("milestone") { $0.milestone.rawValue },
      .init("day") { $0.day },
      .init("at") { $0.instant },
    ])

  /// A leg with the name of whoever has it.
  struct NamedLeg: Sendable {
    let leg: Leg
    let party: String?

    var unit: UnitID? { if case .unit(let unit) = leg.party { unit } else { nil } }
    var official: OfficialID? { if case .official(let id) = leg.party { id } else { nil } }
  }

  static let leg = Shape<NamedLeg>(
    "Leg",
    [
      .init("number") { $0.leg.number },
      .init("role") { $0.leg.role.rawValue },
      .init(id: "unit_id") { $0.unit },
      .init(id: "official_id") { $0.official },
      .init("party") { $0.party },
      .init("assigned_at") { $0.leg.assignedAt },
      .init("acknowledged_at") { $0.leg.acknowledgedAt },
      .init("answered_at") { $0.leg.answeredAt },
      .init("withdrawn_at") { $0.leg.withdrawnAt },
      .init("is_suspended") { $0.leg.isSuspended },
      .init("is_pushed_down") { $0.leg.isPushedDown },
      .init("due", list: due) { $0.leg.due },
      .init("extended_to") { leg -> Day? in
        leg.leg.extended.flatMap { $0.approved ? $0.until : nil }
      },
    ])

  struct NamedRound: Sendable {
    let round: Problem.Round
    let legs: [NamedLeg]
  }

  static let round = Shape<NamedRound>(
    "Round",
    [
      .init("number") { $0.round.number },
      .init("assigned_at") { $0.round.assignedAt },
      .init("legs", list: leg) { $0.legs },
      .init(choice: "outcome") { $0.round.claim?.outcome },
      .init("result") { $0.round.claim?.result },
      .init("claimed_at") { $0.round.claimedAt },
      .init("verified_at") { $0.round.verifiedAt },
      .init("evaluated_at") { $0.round.evaluatedAt },
      .init("return_visited_at") { $0.round.returnVisitedAt },
      .init(choice: "rating") { $0.round.rating },
      .init("closed_at") { $0.round.closedAt },
      .init("looked_back_at") { $0.round.lookedBackAt },
      .init("look_back_passed") { $0.round.lookBackPassed },
    ])

  static let source = Shape<ProblemEvent.Source>(
    "Source", [.init("channel") { $0.channel }, .init("number") { $0.number }])

  /// Something that can be done now, or why it cannot.
  static let option = Shape<Problem.Option>(
    "Option",
    [
      .init("action") { $0.action.rawValue },
      .init("resource") { $0.action.resource },
      .init("leg") { $0.leg },
      .init("is_allowed") { $0.isAllowed },
      .init("reasons") { $0.reasons.map { Choice($0) } },
    ])

  static let problem = Shape<ReadProblem.Standing>("ProblemDetail", ownFields + wayFields)

  private static let ownFields: [Field<ReadProblem.Standing>] = [
    .init(id: "id") { $0.problem.id },
    .init("version") { $0.problem.version },
    .init("number") { $0.problem.registration.number },
    .init("track") { $0.problem.track.rawValue },
    .init("title") { $0.problem.registration.title },
    .init("detail") { $0.problem.registration.detail },
    .init("concerns") { $0.problem.registration.concerns },
    .init(id: "concerns_unit_id") { $0.problem.registration.concernsUnit },
    .init(id: "concerns_enterprise_id") { $0.problem.registration.concernsEnterprise },
    .init("found_on") { $0.problem.registration.foundOn },
    .init("registered_at") { $0.problem.registeredAt },
    .init("sources", list: source) { $0.problem.sources },
  ]

  private static let wayFields: [Field<ReadProblem.Standing>] = [
    .init(choice: "state") { $0.problem.state },
    .init("since") { $0.problem.since },
    .init("category") { $0.problem.category },
    .init(choice: "difficulty") { $0.problem.difficulty },
    .init("tier") { $0.problem.tier?.code },
    .init("accepted_at") { $0.problem.acceptedAt },
    .init("judged_at") { $0.problem.judgedAt },
    .init("declined_at") { $0.problem.declinedAt },
    .init("due", optional: due) { $0.problem.nextDue },
    .init("rounds", list: round) { $0.namedRounds },
    .init(id: "part_of_id") { $0.problem.master },
    .init("parts") { $0.problem.absorbed.map { IDText($0) } },
    .init(id: "batch_id") { $0.problem.batch },
    .init(choice: "lane") { $0.problem.lane },
    .init("options", list: option) { $0.options.filter { $0.action.hasForm } },
  ]

  /// One entry of a problem's ledger stream, as the ledger has it.
  struct NamedStep: Sendable {
    let step: ProblemHistory.Step
    let actor: String?
  }

  static let step = Shape<NamedStep>(
    "Step",
    [
      .init("version") { $0.step.version },
      .init("at") { $0.step.at },
      .init("kind") { ProblemEventCodec.kind(of: $0.step.event) },
      .init("actor") { $0.actor },
      .init(raw: "data") { (try? ProblemEventCodec.payload(of: $0.step.event)) ?? "{}" },
    ])

  /// What somebody who acted needs to go on.
  static let standing = Shape<Problem>(
    "Standing",
    [
      .init(id: "id") { $0.id },
      .init("version") { $0.version },
      .init(choice: "state") { $0.state },
      .init("since") { $0.since },
      .init("due", optional: due) { $0.nextDue },
    ])

  static let registered = Shape<ProblemID>("Registered", [.init(id: "id") { $0 }])
}

extension ReadProblem.Standing {
  fileprivate var namedRounds: [ProblemShapes.NamedRound] {
    problem.rounds.map { round in
      .init(round: round, legs: round.legs.map { .init(leg: $0, party: parties[$0.party]) })
    }
  }
}

extension ShowProblem.Detail {
  var namedSteps: [ProblemShapes.NamedStep] {
    steps.map { step in
      // As on the page: whoever rated is the asker, and no name.
      if case .evaluated = step.event { return .init(step: step, actor: nil) }
      return .init(step: step, actor: actorNames[step.actor])
    }
  }
}

import Domain
import Storage

/// The papers that go with what happened to a problem: the three orders and the letter of a referral.
struct ProblemPapers {
  let problem: Problem
  let procedure: Procedure
  let now: Instant
  let actor: Actor
  let connection: any Connection
  private let platform: Platform

  init(_ work: ProblemWork) {
    (problem, platform) = (work.problem, work.platform)
    procedure = work.surroundings.procedure
    (now, actor, connection) = (work.now, work.who.actor, work.connection)
  }

  /// - Parameter before: the problem before what happened.
  func write(for event: ProblemEvent, _ before: Problem) throws {
    switch event {
    case .assigned(let assigned), .redone(let assigned):
      let legs = (problem.round?.legs ?? []).filter { $0.number > before.legCount }
      let cause: OrderContent.Cause = if case .redone = event { .redone } else { .assigned }
      try issue(
        legs.map { leg in
          var content = try content(.assignment, to: addressee(leg), leg)
          content.demand = assigned.note
          content.milestones = leg.due.map(ProblemPapers.milestone)
          content.causes = [cause]
          return content
        })
    case .urged(let climb): try issue([urging(climb, isOut: true)].compactMap(\.self))
    case .urgingDrafted(let climb):
      if let content = try urging(climb, isOut: false) { try draft(content, climb) }
    case .accountabilityDrafted(let climb): try draft(accountability(climb), climb)
    case .referred(let referred):
      var content = try content(.referral, to: .init(unit: nil, name: referred.to), nil)
      content.demand = referred.text
      content.causes = [.outsideCompetence]
      try issue([content])
    default: break
    }
  }

  private func issue(_ contents: [OrderContent]) throws {
    if contents.isEmpty { return }
    try OrderHistory.issue(
      contents.map { .init($0, series: series($0.kind)) }, at: now, by: actor, in: connection)
  }

  /// What a rule drafts nobody drafted by hand.
  private func draft(_ content: OrderContent, _ climb: ProblemEvent.Climbed) throws {
    let drafter = climb.rung == nil ? actor : .system
    let series = series(content.kind)
    let order = try OrderHistory.draft(
      content, series: series, at: now, by: drafter, in: connection)
    try TellPeople(platform, in: connection).tell(
      of: Order.draft(content, series: series), order, at: now, by: drafter)
  }

  private func series(_ kind: OrderKind) -> String { procedure.series[kind.rawValue] ?? "" }

  private func content(
    _ kind: OrderKind, to addressee: OrderContent.Party, _ leg: Leg?
  ) throws -> OrderContent {
    let registration = problem.registration
    var content = OrderContent(
      kind: kind, track: problem.track, problem: problem.id, problemNumber: registration.number,
      title: registration.title, detail: registration.detail, demand: "",
      concerns: registration.concerns, addressee: addressee,
      signatory: procedure.papers.signatory)
    content.round = problem.round?.number ?? 0
    if let leg {
      content.leg = leg.number
      content.role =
        switch leg.role {
        case .lead: .lead
        case .coHandler: .coHandler
        case .official: .pairedOfficial
        }
      (content.rule, content.ruleVersion) = (leg.rule, leg.ruleVersion)
    }
    return content
  }

  /// - Parameter isOut: whether it goes out now; a draft is not among those that went out.
  private func urging(
    _ climb: ProblemEvent.Climbed, isOut: Bool
  ) throws -> OrderContent? {
    guard let leg = climb.leg.flatMap({ problem.leg($0) }) else { return nil }
    let to = try addressee(leg)
    var content = try content(.urging, to: to, leg)
    content.demand = climb.text ?? ""
    let missed = leg.due.filter { $0.milestone == climb.milestone && $0.step == climb.step }
    content.milestones = missed.map(ProblemPapers.milestone)
    let sent = leg.urgingsSent + (isOut ? 0 : 1)
    let late = missed.map { max(0, now.day - $0.day) }.max() ?? 0
    content.figures = [.init(.daysOverdue, late), .init(.urgings, sent)]
    content.causes = [climb.rung == nil ? .byHand : .milestoneMissed]
    content.copies = [to.name + procedure.papers.leader]
    content.follows = try assignment(of: leg)
    return content
  }

  private func accountability(_ climb: ProblemEvent.Climbed) throws -> OrderContent {
    // The round it is about may be over: a verdict opens the next one with it.
    let leg = problem.rounds.flatMap(\.legs).first { $0.number == climb.leg }
    var content = try content(
      .accountability, to: .init(unit: nil, name: procedure.papers.supervision), leg)
    content.about = try leg.map(addressee)
    if let leg { content.round = leg.round }
    content.demand = climb.text ?? ""
    content.figures = [
      .init(.urgings, leg?.urgingsSent ?? 0), .init(.rounds, problem.rounds.count),
      .init(.failedLookBacks, problem.failedLookBacks),
      // Who was dissatisfied is nobody's business but where it is the cause.
      .init(.dissatisfiedRatings, climb.on == .dissatisfied ? problem.dissatisfactions : 0),
    ].filter { $0.value > 0 }
    let cause: OrderContent.Cause =
      switch climb.on {
      case .lookBackFailed: .secondFailedLookBack
      case .dissatisfied: .secondDissatisfaction
      case nil: .byHand
      default: .urgingUnanswered
      }
    content.causes = [cause]
    return content
  }

  /// The order by which the leg was assigned.
  private func assignment(of leg: Leg) throws -> OrderContent.Reference? {
    try OrderList.assignment(of: problem.id, leg: leg.number, in: connection)
  }

  /// A unit by its name. An official is named by the place: papers hold no names of persons.
  private func addressee(_ leg: Leg) throws -> OrderContent.Party {
    switch leg.party {
    case .unit(let id):
      return .init(unit: id, name: try UnitRows.find(id, in: connection)?.unit.name ?? "\(id)")
    case .official:
      let place = problem.registration.concerns.split(separator: "/").last.map(String.init)
      return .init(unit: nil, name: (place ?? problem.registration.concerns) + "帮联干部")
    }
  }

  private static func milestone(_ due: ProblemEvent.Due) -> OrderContent.Milestone {
    .init(
      kind: due.milestone.rawValue, day: due.day, instant: due.instant,
      isProvisional: due.isProvisional)
  }
}

extension ProblemWork {
  /// A draft about the problem was approved: an urging order that went out counts from now on.
  static func issued(
    _ order: Order, at now: Instant, _ platform: Platform, by actor: Actor,
    in connection: any Connection
  ) throws {
    guard order.content.kind == .urging, order.content.revokes == nil else { return }
    guard let history = try ProblemHistory.load(order.content.problem, in: connection),
      let leg = history.problem.rounds.flatMap(\.legs).first(where: {
        $0.number == order.content.leg
      })
    else { return }
    // What it urges for has ended meanwhile: the draft is to be discarded.
    guard leg.isOpen else { throw UseCaseError.refused([.noSuchLeg]) }
    guard let missed = order.content.milestones.first,
      let climb = leg.climbed.keys.first(where: {
        $0.on == .missed && $0.milestone?.rawValue == missed.kind && $0.due == missed.day
          && leg.urgings[$0] == nil
      })
    else { return }
    var who = Problem.Who.system
    who.actor = actor
    var work = try ProblemWork(history, who: who, at: now, platform, in: connection)
    work.writesPapers = false
    try work.record([
      .urged(
        .init(
          rung: climb.rung, on: climb.on, leg: leg.number, milestone: climb.milestone,
          step: climb.step, due: climb.due))
    ])
  }
}

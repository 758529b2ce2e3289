import Domain
import HTTP
import Services

/// What an event tells: facts with the keys of their labels, and words somebody wrote.
struct EventStory {
  private(set) var facts: [(String, String)] = []
  private(set) var text = ""
  /// Whose leg it was, where there are several; otherwise empty.
  private(set) var leg = ""

  private let timeline: TimelineView
  private var words: Wording { timeline.words }

  init(timeline: TimelineView, event: ProblemEvent) {
    self.timeline = timeline
    tell(event)
  }

  private mutating func tell(_ event: ProblemEvent) {
    switch event {
    case .registered(let registered): tell(registered.sources ?? [])
    case .takenOver(let past): tell(past)
    case .accepted, .closed: break
    case .declined(let declined):
      add("field.instead", declined.instead)
      text = declined.reason
    case .judged(let judged):
      add("field.category", timeline.category(judged.category))
      add("field.difficulty", words("difficulty.\(judged.difficulty.rawValue)"))
      add("field.tier", judged.tier.map { timeline.tier($0) } ?? "")
      text = judged.note
    case .assigned(let assigned), .redone(let assigned): tell(assigned)
    case .verified(let told), .verificationFailed(let told), .reopened(let told),
      .unshelved(let told), .referralAnswered(let told), .unmerged(let told),
      .unbatched(let told), .supplemented(let told):
      text = told.text
    case .evaluated(let evaluated):
      add("field.rating", words("rating.\(evaluated.rating.rawValue)"))
      text = evaluated.text
    case .returnVisited(let visit):
      add("field.rating", words("rating.\(visit.rating?.rawValue ?? ActionReader.noRating)"))
      text = visit.text
    case .lookedBack(let look): decided("look_back", look.passed, look.text)
    case .shelved(let shelved), .shelvingReviewed(let shelved):
      add("field.shelving_reason", words("shelving_reason.\(shelved.reason.rawValue)"))
      add("field.review_on", words.day(shelved.reviewOn))
      text = shelved.text
    case .escalated(let escalated):
      add("field.tier", timeline.tier(escalated.tier))
      add("field.tried", escalated.tried)
      text = escalated.reason
    case .referred(let referred):
      add("field.lane", words("lane.\(referred.lane.rawValue)"))
      add("field.to", referred.to)
      text = referred.text
    case .merged(let link), .absorbed(let link), .released(let link), .split(let link):
      add("field.number", words.number(link.number))
      tell(link.sources)
      text = link.text
    case .masterClosed(let master):
      add("field.outcome", words("outcome.\(master.outcome.rawValue)"))
      text = master.result
    case .batched(let batched):
      add("field.batch", batched.batch.description)
      text = batched.text
    default: tellOfLeg(event)
    }
  }

  private mutating func tellOfLeg(_ event: ProblemEvent) {
    switch event {
    case .acknowledged(let mark): on(mark.leg)
    case .feedback(let told), .objected(let told), .answered(let told), .legWithdrawn(let told):
      on(told.leg)
      text = told.text
    case .objectionRuled(let ruled):
      on(ruled.leg)
      decided("rule_objection", ruled.upheld, ruled.text)
    case .extensionAsked(let asked):
      on(asked.leg)
      add("field.extend_until", words.day(asked.until))
      text = asked.text
    case .extensionDecided(let decision):
      on(decision.leg)
      decided("decide_extension", decision.approved, decision.text)
    case .suspended(let suspended):
      on(suspended.leg)
      add("field.basis", suspended.basis)
      text = suspended.text
    case .resumed(let resumed):
      on(resumed.leg)
      text = resumed.text
    case .planned(let planned):
      on(planned.leg)
      text = planned.steps.enumerated().map { index, step in
        "\(index + 1). \(step.text) · \(step.owner) · \(words.day(step.due))"
      }.joined(separator: "\n")
    case .planDecided(let decision):
      on(decision.leg)
      decided("decide_plan", decision.approved, decision.text)
    case .stepDone(let done):
      on(done.leg)
      add("field.step", String(done.step))
      text = done.text
    case .claimed(let claim):
      on(claim.leg)
      add("field.outcome", words("outcome.\(claim.outcome.rawValue)"))
      add("field.evidence", claim.evidence)
      text = claim.result
    case .reminded(let climbed), .urgingDrafted(let climbed), .urged(let climbed),
      .accountabilityDrafted(let climbed):
      on(climbed.leg)
      if let milestone = climbed.milestone {
        add("clock.milestone", words("milestone.\(milestone.rawValue)"))
      }
      add("field.cause", climbed.on.map { words("cause.\($0.rawValue)") } ?? "")
      text = climbed.text ?? ""
    case .redated(let redated): text = redated.cause
    default: break
    }
  }

  private mutating func add(_ label: String, _ value: String) { facts.append((label, value)) }

  private mutating func decided(_ action: String, _ yes: Bool, _ words: String) {
    add("field.finding", self.words("finding.\(action).\(yes ? "yes" : "no")"))
    text = words
  }

  private mutating func on(_ number: Int?) {
    guard let found = timeline.names.leg(number),
      timeline.detail.problem.rounds.contains(where: { $0.legs.count > 1 })
    else { return }
    leg = timeline.names.shortName(of: found)
  }

  private mutating func tell(_ sources: [ProblemEvent.Source]) {
    for source in sources { add("field.source", "\(source.channel) \(source.number)".trimmed) }
  }

  private mutating func tell(_ assigned: ProblemEvent.Assigned) {
    add("leg_role.lead", timeline.names.unit(assigned.unit))
    for other in assigned.others ?? [] {
      let name =
        other.official.map { timeline.names.official($0) }
        ?? other.unit.map { timeline.names.unit($0) }
      add("leg_role.\(other.role.rawValue)", name ?? "")
    }
    add("field.pushed_down", assigned.pushedDown ?? "")
    text = assigned.note
  }

  private mutating func tell(_ past: ProblemEvent.TakenOver) {
    add("field.category", past.category.map { timeline.category($0) } ?? "")
    add("field.unit", past.unit.map { timeline.names.unit($0) } ?? "")
    add("field.outcome", past.outcome.map { words("outcome.\($0.rawValue)") } ?? "")
    add("event.assigned", past.assignedOn.map { words.day($0) } ?? "")
    add("event.closed", past.closedOn.map { words.day($0) } ?? "")
  }
}

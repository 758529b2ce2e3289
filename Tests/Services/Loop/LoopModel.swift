import Domain

/// What DOMAIN.md 4, 5 and 10 say of one problem, in the plainest way: no texts, no SQL, no dates but
/// those by which somebody is late. Written from the document, not from the engine.
struct LoopModel {
  struct Leg {
    enum Ruling: String { case none, pending, yes, no }
    enum Plan: Equatable {
      case none
      case pending(Int)
      case approved(Int, done: Set<Int>)
    }

    let number: Int
    let role: LegRole
    let party: Party
    var acknowledged = false
    var answered = false
    var withdrawn: Withdrawal?
    var objection = Ruling.none
    var objectionEnds: Instant?
    var extending = Ruling.none
    var suspended = false
    var plan = Plan.none
    /// Taken from the engine: what due dates are is tested elsewhere.
    var due: (day: Day, instant: Instant)?

    var isOpen: Bool { !answered && withdrawn == nil }
  }

  let track: Track
  let isWorkingDay: (Day) -> Bool
  var state = ProblemState.registered
  var round = 0
  var legs: [Leg] = []
  var legCount = 0
  /// Who acted for the handlers in this round.
  var hands: Set<Person> = []
  /// Everybody who ever had a leg.
  var parties: Set<Party> = []
  var tier: Int?
  var wasAccepted = false
  var wasJudged = false
  var hasClaim = false
  var needsRound = false
  var rated: Rating?
  var wasLookedBack = false
  var windowEnds: Instant?
  var hasLink = false
  var master: Int?
  var parts: Set<Int> = []
  var sources: Int
  var inBatch = false
  var dissatisfied = 0
  var failedLooks = 0
  var accountabilities = 0

  static let tiers = ["paired", "township", "county_office", "city_office", "city_government"]

  init(track: Track, sources: Int, isWorkingDay: @escaping (Day) -> Bool) {
    (self.track, self.sources, self.isWorkingDay) = (track, sources, isWorkingDay)
  }

  /// What may be done in a state: DOMAIN.md 5, by state.
  static let table: [ProblemState: String] = {
    let open = " shelve refer merge escalate split join_batch leave_batch"
    let running =
      "acknowledge feedback object rule_objection ask_extension decide_extension suspend resume"
      + " plan decide_plan complete_step answer claim withdraw urge propose_accountability" + open
    return [
      .registered: "accept decline judge" + open, .accepted: "decline judge" + open,
      .judged: "judge assign" + open, .assigned: running, .acknowledged: running,
      .inProgress: running, .claimed: "verify leave_batch", .verified: "evaluate return_visit",
      .evaluated: "close", .returnVisited: "close", .closed: "look_back reopen",
      .declined: "reopen", .shelved: "review_shelving unshelve", .referred: "answer_referral",
      .merged: "unmerge",
    ]
  }()

  static let handling: Set<ProblemAction> = [
    .acknowledge, .feedback, .object, .askExtension, .plan, .completeStep, .answer, .claim,
  ]
  static let onLeg = handling.union([
    .ruleObjection, .decideExtension, .suspend, .resume, .decidePlan, .withdraw, .urge,
    .proposeAccountability,
  ])

  static func speaks(_ person: Person, for party: Party) -> Bool {
    switch person {
    case .office, .colleague, .director: true
    case .water: party == .water
    case .roads: party == .roads
    case .town: party == .town || party == .village
    case .official: party == .official
    }
  }

  func sees(_ person: Person) -> Bool {
    person.isOffice || parties.contains { LoopModel.speaks(person, for: $0) }
  }

  func index(of leg: Int?) -> Int? {
    let found =
      leg == nil ? legs.lastIndex { $0.role == .lead } : legs.firstIndex { $0.number == leg }
    return found.flatMap { legs[$0].isOpen ? $0 : nil }
  }

  /// The end of the next working day after one.
  func endOfWorkingDay(after day: Day) -> Instant {
    var day = day + 1
    while !isWorkingDay(day) { day = day + 1 }
    return Instant(startOf: day + 1)
  }
}

/// One thing somebody tries.
struct Deed {
  var action: ProblemAction
  var person: Person
  var leg: Int?
  /// Upheld, approved, passed.
  var yes = true
  /// Whether nothing that has to be said is left out.
  var isComplete = true
  /// Days ahead, of an extension, a plan's first step, a review.
  var days = 3
  var steps = 1
  var tier: Int?
  var lead = Party.water
  var others: [Party] = []
  var namesOfficial = true
  var givesReason = true
  var rating: Rating?
  var outcome = Outcome.solved
  /// Index of the other problem of a merger.
  var partner = 0
}

extension Deed: CustomStringConvertible {
  var description: String {
    var words = [person.rawValue, action.rawValue]
    if let leg { words.append("leg \(leg)") }
    switch action {
    case .assign:
      words.append("\(lead.rawValue) + \(others.map(\.rawValue))")
      if !namesOfficial { words.append("place") }
      if givesReason { words.append("reason") }
    case .judge: words.append(tier.map { LoopModel.tiers[$0] } ?? "-")
    case .merge: words.append("into #\(partner)")
    case .plan, .completeStep: words.append("\(steps) steps, \(days) days")
    case .askExtension, .shelve, .reviewShelving: words.append("\(days) days")
    case .evaluate, .returnVisit: words.append(rating?.rawValue ?? "-")
    case .claim: words.append(outcome.rawValue)
    case .ruleObjection, .decideExtension, .decidePlan, .verify, .lookBack:
      words.append(yes ? "yes" : "no")
    default: break
    }
    return words.joined(separator: " ") + (isComplete ? "" : " (incomplete)")
  }
}

import Domain
import Storage

/// One problem in the hands of a use case, inside its transaction: what is decided is recorded, with the
/// papers and the changes of other problems that come with it.
struct ProblemWork {
  private(set) var history: ProblemHistory
  let who: Problem.Who
  let now: Instant
  let platform: Platform
  let connection: any Connection
  let surroundings: Problem.Surroundings
  /// Off where the paper is what led here.
  var writesPapers = true
  /// On where another instance's answer is what led here.
  var answersFromAbove = false

  var problem: Problem { history.problem }
  /// What its rows depend on.
  var rules: ProblemRules {
    ProblemRules(procedures: platform.procedures, calendar: surroundings.calendar)
  }

  /// - Parameter seen: the version the person was looking at; nil skips the check.
  /// - Throws: `UseCaseError.notFound`, `.conflict`
  init(
    _ id: ProblemID, seen: Int? = nil, for account: Account, at now: Instant,
    _ platform: Platform, in connection: any Connection
  ) throws {
    let scope = try ProblemScope.visibility(of: account, in: connection)
    guard let history = try ProblemHistory.load(id, in: connection),
      try ProblemScope.allows(scope, history.problem, in: connection)
    else { throw UseCaseError.notFound }
    if let seen, seen != history.problem.version {
      throw UseCaseError.conflict(history.steps(for: account).filter { $0.version > seen })
    }
    try self.init(
      history, who: ProblemScope.who(account, scope, history.problem, in: connection), at: now,
      platform, in: connection)
  }

  /// What the platform itself does.
  init(
    _ history: ProblemHistory, who: Problem.Who = .system, at now: Instant, _ platform: Platform,
    in connection: any Connection
  ) throws {
    self.history = history
    self.who = who
    // Time never runs backwards within a problem, whatever the servers' clocks say.
    self.now = max(now, history.steps[history.steps.count - 1].at)
    self.platform = platform
    self.connection = connection
    surroundings = try platform.surroundings(
      of: history.problem.track, at: self.now, in: connection)
  }

  /// - Throws: `UseCaseError.refused`, `StorageError.contention`
  mutating func act(_ command: ProblemCommand) throws {
    try record(decide(command))
  }

  /// What a command would lead to, without taking it.
  /// - Throws: `UseCaseError.refused`
  func decide(_ command: ProblemCommand) throws -> [ProblemEvent] {
    var surroundings = surroundings
    if command.action == .lookBack {
      surroundings.isSampled = try LookBackRows.isOpen(problem.id, in: connection)
    }
    do {
      return try problem.decide(command, by: who, in: surroundings)
    } catch {
      throw UseCaseError.refused(error.reasons)
    }
  }

  mutating func record(_ events: [ProblemEvent]) throws {
    let (first, before) = (history.steps.count, problem)
    let exchange = ExchangePost(platform, at: now, in: connection)
    let events = try events.map { try exchange.numbered($0) }
    do {
      try history.record(
        events, at: now, by: who.actor, rules, in: connection)
    } catch is LedgerRows.Conflict {
      // Somebody was quicker by a hair. Run again: then the load sees what they did.
      throw StorageError.contention
    }
    for step in history.steps[first...] { try follow(step.event, before) }
  }

  /// What an event brings with it.
  private func follow(_ event: ProblemEvent, _ before: Problem) throws {
    if writesPapers { try ProblemPapers(self).write(for: event, before) }
    try TellPeople(platform, in: connection).tell(
      of: event, problem, before: before, at: now, by: who.actor)
    try ExchangePost(platform, at: now, in: connection).post(
      event, problem, before: before, isFromAbove: answersFromAbove)
    switch event {
    case .closed:
      if let claim = problem.round?.claim { try tellParts(claim.outcome, claim.result) }
    case .declined(let declined): try tellParts(.declined, declined.reason)
    case .lookedBack(let look):
      try LookBackRows.setResult(problem.id, passed: look.passed, at: now, in: connection)
    case .merged(let link):
      try onOther(link.problem, .absorbed(asPart(link.text)))
    case .unmerged(let told):
      if let master = before.master { try onOther(master, .released(asPart(told.text))) }
    default: break
    }
  }

  private func asPart(_ text: String) -> ProblemEvent.Linked {
    .init(
      problem: problem.id, number: problem.registration.number, text: text,
      sources: problem.sources)
  }

  private func onOther(_ id: ProblemID, _ event: ProblemEvent) throws {
    guard let history = try ProblemHistory.load(id, in: connection) else {
      throw UseCaseError.refused([.unknownProblem])
    }
    var work = try ProblemWork(history, who: who, at: now, platform, in: connection)
    try work.record([event])
  }

  /// Everyone who asked is told what came of it: also the askers of problems that became part of this.
  private func tellParts(_ outcome: Outcome, _ result: String) throws {
    for part in problem.absorbed {
      try onOther(
        part,
        .masterClosed(
          .init(problem: problem.id, outcome: outcome, result: result)))
    }
  }
}

extension ProblemHistory {
  /// What of it an account may read.
  func steps(for account: Account) -> [Step] { steps.filter { account.mayRead($0.event) } }
}

extension Account {
  /// Whether it may read an event of a problem that it may see.
  func mayRead(_ event: ProblemEvent) -> Bool {
    (may(.seeHandling) || event.isForAsker) && (may(.seeRatings) || !event.isForOffice)
  }
}

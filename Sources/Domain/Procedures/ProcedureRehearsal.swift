/// Plays problems of a procedure through in memory, on a clock that jumps from timer to timer, and
/// notes which rungs fired: a rule that never does is a rule that is not there.
package struct ProcedureRehearsal {
  /// What a rung did in the rehearsal.
  package struct Finding: Hashable, Sendable {
    package let rung: Rung
    /// The milestones it fired for; none for rungs of the problem itself.
    package let milestones: [MilestoneKind]
    /// When it fired first, on a problem assigned at `start`; nil where it never did.
    package let firstAt: Instant?
    /// Whether all of its firing lay in working hours.
    package let inHours: Bool

    package var holds: Bool { firstAt != nil && inHours }
  }

  private let procedure: Procedure
  private let rule: ClockRule
  private let calendar: WorkingCalendar
  private let start: Instant
  private var fired: [String: [(milestone: MilestoneKind?, at: Instant)]] = [:]

  /// - Parameter start: when the rehearsed problems are registered.
  package static func findings(
    of procedure: Procedure, rule: ClockRule, calendar: WorkingCalendar, start: Instant
  ) -> [Finding] {
    var rehearsal = ProcedureRehearsal(
      procedure: procedure, rule: rule, calendar: calendar, start: start)
    rehearsal.run()
    return procedure.ladder.map { rung in
      let firings = rehearsal.fired[rung.code] ?? []
      let kinds = Set(firings.compactMap(\.milestone)).sorted { $0.rawValue < $1.rawValue }
      return Finding(
        rung: rung, milestones: kinds, firstAt: firings.map(\.at).min(),
        inHours: !rung.on.isTimed
          || firings.allSatisfy { procedure.hours.isOpen(at: $0.at, calendar) })
    }
  }

  private init(
    procedure: Procedure, rule: ClockRule, calendar: WorkingCalendar, start: Instant
  ) {
    self.procedure = procedure
    self.rule = rule
    self.calendar = calendar
    self.start = start
  }

  private mutating func run() {
    for difficulty in [Difficulty.general, .complex] { waitItOut(difficulty) }
    planAndWait()
    shelve()
    disappoint(.dissatisfied)
    disappoint(.lookBackFailed)
  }

  /// Nobody does anything after the assignment.
  private mutating func waitItOut(_ difficulty: Difficulty) {
    var play = Play(self, tier: procedure.tiers.first?.code)
    climbAll(&play)
    play.act(.judge(category: Play.category, difficulty: difficulty, tier: "", note: ""))
    play.assign()
    climbAll(&play)
  }

  /// The steps of a plan are missed.
  private mutating func planAndWait() {
    var play = Play(self, tier: nil)
    play.act(.judge(category: Play.category, difficulty: .complex, tier: "", note: ""))
    play.assign()
    let step = ProblemEvent.Planned.Step(text: "1", owner: "1", due: play.now.day + 40)
    play.act(.plan(leg: nil, steps: [step]))
    play.act(.decidePlan(leg: nil, approved: true, text: "1"), by: .checker)
    climbAll(&play)
  }

  private mutating func shelve() {
    var play = Play(self, tier: nil)
    play.act(.shelve(.funds, text: "1", reviewOn: play.now.day + 30))
    climbAll(&play)
  }

  /// Round after round is found wanting.
  private mutating func disappoint(_ cause: Rung.Cause) {
    var play = Play(self, tier: nil)
    play.act(.judge(category: Play.category, difficulty: .general, tier: "", note: ""))
    play.assign()
    for _ in 0..<5 {
      for leg in play.problem.round?.openLegs ?? [] where leg.role == .official {
        play.act(.answer(leg: leg.number, text: "1"))
      }
      play.act(.claim(outcome: procedure.outcomes[0], result: "1", evidence: "1"))
      play.act(.verify(passed: true, text: "1"), by: .checker)
      var events: [ProblemEvent]
      if cause == .dissatisfied {
        events = play.act(.evaluate(rating: .dissatisfied, text: ""))
      } else {
        play.act(.evaluate(rating: .satisfied, text: ""))
        play.act(.close)
        events = play.act(.lookBack(passed: false, text: "1"), by: .checker)
      }
      note(events, at: play.now)
    }
  }

  /// Lets time pass until no timer is left.
  private mutating func climbAll(_ play: inout Play) {
    for _ in 0..<1000 {
      let timers = play.problem.timers(procedure, calendar)
      guard let next = timers.min(by: { $0.at < $1.at }) else { return }
      play.now = max(play.now, next.at)
      let events = play.problem.climb(next.key, in: play.surroundings)
      if events.isEmpty { return }
      note(events, at: play.now)
      play.apply(events)
    }
  }

  private mutating func note(_ events: [ProblemEvent], at now: Instant) {
    for event in events {
      switch event {
      case .reminded(let climb), .urgingDrafted(let climb), .urged(let climb),
        .accountabilityDrafted(let climb):
        fired[climb.rung ?? "", default: []].append((climb.milestone, now))
      default: break
      }
    }
  }

  /// One problem being played.
  private struct Play {
    static let category = "rehearsal"
    var problem: Problem
    var now: Instant
    private var base: Problem.Surroundings

    init(_ rehearsal: ProcedureRehearsal, tier: String?) {
      base = Problem.Surroundings(
        now: rehearsal.start, calendar: rehearsal.calendar, procedure: rehearsal.procedure,
        rule: rehearsal.rule, categories: [Play.category])
      now = rehearsal.start
      problem = Problem(
        id: ProblemID(1),
        registered: .init(
          track: rehearsal.procedure.track, title: "1", detail: "", concernsUnit: UnitID(1),
          concerns: "1", foundOn: rehearsal.start.day,
          due: Problem.dueFromRegistration(in: base)), at: now)
      if let tier {
        act(.judge(category: Play.category, difficulty: .general, tier: tier, note: ""))
      }
    }

    var surroundings: Problem.Surroundings {
      var surroundings = base
      surroundings.now = now
      return surroundings
    }

    mutating func assign() {
      act(
        .assign(
          .init(
            lead: .init(unit: UnitID(2), isTownship: false),
            coHandlers: [.init(unit: UnitID(3), isTownship: false)], note: "")))
    }

    @discardableResult
    mutating func act(
      _ command: ProblemCommand, by who: Problem.Who = .system
    ) -> [ProblemEvent] {
      let events = (try? problem.decide(command, by: who, in: surroundings)) ?? []
      apply(events)
      return events
    }

    mutating func apply(_ events: [ProblemEvent]) {
      for event in events {
        problem.apply(event, at: now, by: .system)
        // A drafted urging order goes out, so that what follows it can be seen.
        if case .urgingDrafted(let climb) = event {
          problem.apply(.urged(climb), at: now, by: .system)
        }
      }
    }
  }
}

extension Problem.Who {
  /// Somebody who did not act for the handler.
  fileprivate static var checker: Problem.Who {
    var who = system
    who.actor = .account(AccountID(1))
    return who
  }
}

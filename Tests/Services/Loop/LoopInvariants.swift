import Domain
import Services
import Storage
import Testing

/// What must hold in the ledger whatever was done.
enum LoopInvariants {
  static func check(_ platform: Platform) async throws {
    let (histories, calendar) = try await platform.database.read { connection in
      let ids = try connection.rows("select id from problems", []) {
        ProblemID(try $0.int(0))
      }
      return (
        try ids.compactMap { try ProblemHistory.load($0, in: connection) },
        try platform.calendar(in: connection)
      )
    }
    for history in histories {
      let hours = platform.procedures[history.problem.track]!.hours
      #expect(closuresWereChecked(history), "\(history.problem.id)")
      #expect(rungsWereClimbedOnce(history), "\(history.problem.id)")
      #expect(
        history.steps.allSatisfy { step in
          climb(step.event)?.rung == nil || step.actor != .system
            || hours.isOpen(at: step.at, calendar)
        }, "\(history.problem.id)")
      #expect(
        zip(history.steps, history.steps.dropFirst()).allSatisfy { $0.at <= $1.at },
        "\(history.problem.id)")
    }
  }

  /// Whoever acted for a leg of the round did not check it; and somebody did, with a rating or a visit.
  static func closuresWereChecked(_ history: ProblemHistory) -> Bool {
    var hands: Set<Actor> = []
    var checker: Actor?
    var isHeard = false
    for step in history.steps {
      switch step.event {
      case .assigned where checker != nil, .redone: (hands, checker, isHeard) = ([], nil, false)
      case .acknowledged, .feedback, .objected, .extensionAsked, .planned, .stepDone, .answered,
        .claimed:
        hands.insert(step.actor)
      case .verified: checker = step.actor
      case .evaluated, .returnVisited: isHeard = true
      case .closed:
        guard let checker, isHeard, !hands.contains(checker) else { return false }
      case .reopened: checker = checker ?? .system
      default: break
      }
    }
    return true
  }

  /// Once a leg, milestone and due day; a tier's once a tier, a review's once a period.
  static func rungsWereClimbedOnce(_ history: ProblemHistory) -> Bool {
    struct Key: Hashable {
      let rung: String
      let leg: Int
      let milestone: MilestoneKind?
      let step: Int?
      let due: Day?
      let period: Int
    }
    var seen: Set<Key> = []
    var (tier, review) = (0, 0)
    for step in history.steps {
      switch step.event {
      case .judged, .escalated: tier += 1
      case .shelved, .shelvingReviewed: review += 1
      default: break
      }
      guard let climb = climb(step.event), let rung = climb.rung, climb.on?.isTimed == true else {
        continue
      }
      let period = climb.on == .tierOver ? tier : climb.on == .reviewDue ? review : 0
      let key = Key(
        rung: rung, leg: climb.leg ?? 0, milestone: climb.milestone, step: climb.step,
        due: climb.due, period: period)
      if !seen.insert(key).inserted { return false }
    }
    return true
  }

  static func climb(_ event: ProblemEvent) -> ProblemEvent.Climbed? {
    switch event {
    case .reminded(let climb), .urgingDrafted(let climb), .urged(let climb),
      .accountabilityDrafted(let climb):
      climb
    default: nil
    }
  }
}

import Domain
import HTTP

/// The rounds of a problem, each with its legs and their due dates.
struct LegsView {
  let words: Wording
  let names: PartyNames
  let now: Instant

  /// The current round first.
  func rounds(of problem: Problem) -> [View] {
    problem.rounds.reversed().map { round in
      [
        "name": words("problem.round", ["n": String(round.number)]),
        "current": round.number == problem.rounds.count, "rule": round.lead.map(rule) ?? "",
        "legs": round.legs.map { leg($0, of: problem) },
      ]
    }
  }

  private func rule(_ leg: Leg) -> String {
    if leg.rule.isEmpty { return words("clock.taken_over") }
    return words(
      "clock.rule",
      [
        "rule": leg.rule, "version": String(leg.ruleVersion), "start": words.time(leg.assignedAt),
      ])
  }

  private func leg(_ leg: Leg, of problem: Problem) -> View {
    let runs = leg.isOpen && problem.state.isRunning
    var state: String
    if let withdrawal = leg.withdrawal {
      state = words("withdrawal.\(withdrawal.rawValue)")
    } else if let answered = leg.answeredAt {
      state = words("leg.answered", ["time": words.time(answered)])
    } else if leg.isSuspended {
      state = words("leg.suspended")
    } else if runs, let due = leg.nextDue {
      state = words.left(until: due.instant, now: now)
    } else {
      state = ""
    }
    let pending = [
      leg.hasPendingObjection ? "leg.objected" : nil,
      leg.hasPendingExtension ? "leg.extension_asked" : nil,
      leg.hasPendingPlan ? "leg.plan_pending" : nil,
    ].compactMap { $0 }
    return [
      "role": names.role(of: leg), "party": names.name(of: leg.party), "state": state,
      "lamp": words.lamp(runs ? leg.lamp(at: now) : .grey), "answered": leg.answeredAt != nil,
      "pushed_down": leg.isPushedDown,
      "pending": pending.map { ["text": words($0)] as View },
      "milestones": leg.due.map { milestone($0, of: leg, runs: runs) },
    ]
  }

  private func milestone(_ due: ProblemEvent.Due, of leg: Leg, runs: Bool) -> View {
    let met = leg.met(due)
    let isOpen = met == nil && runs && !leg.isSuspended
    var status = ""
    if let met {
      status = words(
        met < due.instant ? "clock.met" : "clock.met_late", ["time": words.time(met)])
    } else if isOpen {
      status = words.left(until: due.instant, now: now)
    }
    return [
      "name": name(due, of: leg), "due": words.day(due.day),
      "weekday": words("weekday.\(due.day.weekday.rawValue)"), "budget": budget(due.budget),
      "status": status, "met": met != nil, "counted": met != nil || isOpen,
      "lamp": words.lamp(isOpen ? .of(yellow: due.yellow, due: due.instant, now: now) : .grey),
      "provisional": due.isProvisional,
      "steps": explanation(due, of: leg).map { ["text": $0] as View },
    ]
  }

  private func name(_ due: ProblemEvent.Due, of leg: Leg) -> String {
    let name = words("milestone.\(due.milestone.rawValue)")
    guard let step = due.step else { return name }
    let steps = leg.plan?.steps ?? []
    let text = steps.indices.contains(step - 1) ? steps[step - 1].text : ""
    return "\(name) \(step) · \(text)"
  }

  private func budget(_ budget: Budget) -> String {
    words.counted("budget.\(budget.unit)", budget.count)
  }

  /// How the due date came about, as it was when it was issued.
  private func explanation(_ due: ProblemEvent.Due, of leg: Leg) -> [String] {
    let start = due.start ?? leg.assignedAt
    var steps = [
      words(
        due.start == nil ? "clock.start" : "clock.start_anew", ["day": words.day(start.day)]),
      words("clock.nominal", ["budget": budget(due.budget), "day": words.day(due.nominal)]),
    ]
    steps += leg.suspensions.filter { $0.from < due.instant }.map { suspension in
      words(
        "clock.suspended",
        [
          "from": words.time(suspension.from),
          "until": suspension.until.map { words.time($0) } ?? "…",
        ])
    }
    steps += due.skipped.map { skipped in
      words(
        "clock.skipped",
        [
          "day": words.day(skipped.day),
          "reason": skipped.holiday ?? words("weekday.\(skipped.day.weekday.rawValue)"),
        ])
    }
    return steps + [words("clock.end", ["day": words.day(due.day)])]
  }
}

import Domain
import HTTP
import Services
import Storage

/// The page of one problem.
struct ProblemView {
  let words: Wording
  let platform: Platform
  let detail: ShowProblem.Detail
  let failure: FailedAction?
  let now: Instant

  init(
    words: Wording, platform: Platform, detail: ShowProblem.Detail, failure: FailedAction?
  ) {
    self.words = words
    self.platform = platform
    self.detail = detail
    self.failure = failure
    now = platform.now()
  }

  private var problem: Problem { detail.problem }

  var page: View {
    let registration = problem.registration
    let timeline = TimelineView(
      words: words, detail: detail, categories: platform.categories, now: now)
    let steps = detail.history.steps.reversed().map { timeline.step($0) }
    var conflict: [View] = []
    if case .conflict(let steps) = failure?.cause { conflict = steps.map { timeline.step($0) } }
    return [
      "number": words.number(registration.number), "title": registration.title,
      "detail": registration.detail, "has_detail": !registration.detail.isEmpty,
      "concerns": registration.concerns, "concerns_is_unit": registration.concernsUnit != nil,
      "concerns_url": registration.concernsUnit.map { Route.unit($0).path } ?? "",
      "track": words("track.\(registration.track.rawValue)"),
      "state": words("state.\(problem.state.rawValue)"),
      "found_on": words.day(registration.foundOn),
      "judged": problem.category != nil,
      "category": problem.category.map { timeline.category($0) } ?? "",
      "difficulty": problem.difficulty.map { words("difficulty.\($0.rawValue)") } ?? "",
      "assigned": problem.round != nil,
      "unit": problem.round.map { timeline.unit($0.assignment.unit) } ?? "",
      "round": problem.round.map { words("problem.round", ["n": String($0.number)]) } ?? "",
      "milestones": problem.round.map(milestones) ?? [], "rule": problem.round.map(rule) ?? "",
      "steps": steps, "actions": actions, "has_actions": !actions.isEmpty,
      "failed": failure != nil, "failure": failure?.text(words) ?? "",
      "failed_field": failure.map { "action-\($0.action.rawValue)" } ?? "",
      "typed": typed.map { ["text": $0] as View }, "has_typed": !typed.isEmpty,
      "has_conflict": !conflict.isEmpty, "conflict": conflict,
      "url_list": Route.problems.path,
    ]
  }

  /// What was typed into a form that the page no longer shows.
  private var typed: [String] {
    guard let failure, !detail.actions.contains(where: { $0.action == failure.action }) else {
      return []
    }
    return ["text", "instead", "evidence", "unit"].map { failure.form[$0].trimmed }.filter {
      !$0.isEmpty
    }
  }

  private var actions: [View] {
    let order = ProblemActionForm.order(problem.state)
    let refusals = Dictionary(uniqueKeysWithValues: detail.actions.map { ($0.action, $0.refusal) })
    let shown = order.filter { refusals.keys.contains($0) }
    return shown.map { action in
      let failed = failure?.action == action
      return ProblemActionForm.view(
        action, refusal: refusals[action] ?? nil, isPrimary: action == shown.first,
        problem: problem, platform: platform, posted: failed ? failure?.form : nil,
        fault: failed ? failure?.text(words) ?? "" : "", words: words)
    }
  }

  private func rule(_ round: Problem.Round) -> String {
    words(
      "clock.rule",
      [
        "rule": round.assignment.rule, "version": String(round.assignment.ruleVersion),
        "start": words.time(round.assignedAt),
      ])
  }

  private func milestones(_ round: Problem.Round) -> [View] {
    round.assignment.due.map { due in
      let met = round.met(due.milestone)
      let ended = problem.state.isEnded
      let lamp: Lamp =
        met == nil && !ended ? .of(yellow: due.yellow, due: due.instant, now: now) : .grey
      var status = ""
      if let met {
        status = words(
          met < due.instant ? "clock.met" : "clock.met_late", ["time": words.time(met)])
      } else if !ended {
        status = words.left(until: due.instant, now: now)
      }
      return [
        "name": words("milestone.\(due.milestone.rawValue)"), "due": words.day(due.day),
        "weekday": words("weekday.\(due.day.weekday.rawValue)"), "budget": budget(due.budget),
        "status": status, "met": met != nil, "lamp": words.lamp(lamp),
        "provisional": due.isProvisional, "steps": explanation(due, of: round),
      ]
    }
  }

  private func budget(_ budget: Budget) -> String {
    words.counted("budget.\(budget.unit)", budget.count)
  }

  /// How the due date came about, as it was when it was issued.
  private func explanation(_ due: ProblemEvent.Assigned.Due, of round: Problem.Round) -> [View] {
    var steps = [
      words("clock.start", ["day": words.day(round.assignedAt.day)]),
      words("clock.nominal", ["budget": budget(due.budget), "day": words.day(due.nominal)]),
    ]
    steps += due.skipped.map { skipped in
      words(
        "clock.skipped",
        [
          "day": words.day(skipped.day),
          "reason": skipped.holiday ?? words("weekday.\(skipped.day.weekday.rawValue)"),
        ])
    }
    steps.append(words("clock.end", ["day": words.day(due.day)]))
    return steps.map { ["text": $0] }
  }
}

import Domain
import HTTP
import Services
import Storage

/// Problems in plain words: what has become of them, who has them, until when, and what happens next.
struct AskerView {
  let words: Wording
  let now: Instant

  func list(_ page: ProblemPage, waiting: [ProblemSummary]) -> View {
    [
      "problems": page.items.map(row), "is_empty": page.items.isEmpty,
      "waiting": waiting.map(row), "has_waiting": !waiting.isEmpty,
      "has_next": page.next != nil, "url_first": Route.own.path,
      "url_next": page.next.map { Route.own.path(query: [("before", $0.description)]) } ?? "",
    ]
  }

  private func row(_ problem: ProblemSummary) -> View {
    [
      "url": Route.ownProblem(String(problem.id.value)).path,
      "number": words.number(problem.number), "title": problem.title,
      "plain": words("own.state.\(problem.state.rawValue)"),
      "unit": (problem.unitName ?? "").orFalse,
      "due": (problem.dueAt.map { due($0) } ?? "").orFalse,
      "registered": words.day(problem.registeredAt.day), "ended": problem.state.isEnded,
    ]
  }

  func problem(_ found: ShowOwnProblem.Detail, _ platform: Platform) -> View {
    let problem = found.detail.problem
    let names = PartyNames(words: words, detail: found.detail)
    let timeline = TimelineView(
      words: words, detail: found.detail, names: names, platform: platform, now: now)
    let lead = problem.round?.lead
    let id = String(problem.id.value)
    let text = "own.next.\(found.rateUntil == nil ? problem.state.rawValue : "rate")"
    return [
      "url_list": Route.own.path, "number": words.number(problem.registration.number),
      "title": problem.registration.title, "detail": problem.registration.detail.orFalse,
      "plain": words("own.state.\(problem.state.rawValue)"), "next": words(text),
      "since": words.ago(problem.since, now: now),
      "progress": platform.procedures[problem.track].map {
        StepsBar(words: words).view($0, at: problem.state)
      } ?? [],
      "facts": facts(problem, lead, names, found.officialUnit),
      "steps": found.detail.steps.reversed().map { timeline.step($0) },
      "url_rate": found.rateUntil.map { _ in Route.ownRating(id).path as Any } ?? false,
      "rate_until": found.rateUntil.map { words("own.rate_until", ["time": words.time($0)]) } ?? "",
      "result": (problem.round?.claim?.result ?? "").orFalse,
      "url_supplement": problem.state.isEnded ? false : Route.ownSupplement(id).path as Any,
      "limit": String(Problem.maximumText),
    ]
  }

  private func facts(
    _ problem: Problem, _ lead: Leg?, _ names: PartyNames, _ officialUnit: String?
  ) -> [View] {
    var facts: [(String, String)] = [
      ("field.concerns", problem.registration.concerns),
      ("own.registered", words.day(problem.registeredAt.day)),
    ]
    if let lead { facts.append(("own.who", names.name(of: lead.party))) }
    if problem.state.isRunning, let due = lead?.finalDue {
      facts.append(("own.due", self.due(due.instant)))
    }
    if let officialUnit { facts.append(("own.official_unit", officialUnit)) }
    if let claim = problem.round?.claim, problem.state != .inProgress {
      facts.append(("field.outcome", words("outcome.\(claim.outcome.rawValue)")))
    }
    return facts.map { ["label": words($0.0), "value": $0.1] }
  }

  /// The day it is due, and how long that is from now.
  private func due(_ instant: Instant) -> String {
    let day = Instant(milliseconds: instant.milliseconds - 1).day
    return "\(words.day(day)) · \(words.left(until: instant, now: now))"
  }
}

import Domain
import HTTP
import Services

/// What is known of a problem, fact by fact; those there are none of are left out.
struct ProblemFacts {
  let words: Wording
  let platform: Platform
  let timeline: TimelineView
  let problem: Problem
  let now: Instant
  /// Who is in charge of whom it concerns.
  let paired: [PairedOfficial]
  /// Whether their pages are the reader's to see.
  let seesRegisters: Bool

  private var procedure: Procedure? { platform.procedures[problem.track] }

  var view: [View] {
    let registration = problem.registration
    var facts: [View] = [
      fact(
        "field.track",
        procedure.map { words.pick($0.zh, $0.en) } ?? registration.track.rawValue),
      fact(
        "field.concerns", registration.concerns,
        url: registration.concernsUnit.map { Route.unit($0).path }),
    ]
    for official in paired {
      facts.append(
        fact(
          "pairing.role.\(official.role.rawValue)",
          "\(official.name) · \(PairingBlock.unit(official.unitPath))",
          url: seesRegisters ? Route.official(official.id.description).path : nil))
    }
    facts.append(fact("field.found_on", words.day(registration.foundOn)))
    if let category = problem.category {
      facts.append(fact("field.category", timeline.category(category)))
    }
    if let difficulty = problem.difficulty {
      facts.append(fact("field.difficulty", words("difficulty.\(difficulty.rawValue)")))
    }
    if let tier = problem.tier { facts.append(fact("field.tier", name(of: tier))) }
    if !problem.sources.isEmpty {
      let sources = problem.sources.map { "\($0.channel) \($0.number)".trimmed }
      facts.append(fact("field.sources", sources.joined(separator: words("punctuation.list"))))
    }
    return facts + places
  }

  /// Where it stands beside the loop.
  private var places: [View] {
    var facts: [View] = []
    if let shelving = problem.shelving, problem.state == .shelved {
      facts.append(
        fact("field.shelving_reason", words("shelving_reason.\(shelving.reason.rawValue)")))
      facts.append(fact("field.review_on", words.day(shelving.reviewOn)))
    }
    if let lane = problem.lane, problem.state == .referred {
      facts.append(fact("field.lane", words("lane.\(lane.rawValue)")))
    }
    if let master = problem.master {
      facts.append(
        fact("field.master", timeline.number(of: master), url: Route.problem(master).path))
    }
    for part in problem.absorbed {
      facts.append(fact("field.part", timeline.number(of: part), url: Route.problem(part).path))
    }
    if let whole = problem.registration.splitFrom {
      facts.append(fact("field.split_from", words("problem.whole"), url: Route.problem(whole).path))
    }
    if let batch = problem.batch { facts.append(fact("field.batch", batch.description)) }
    return facts
  }

  private func name(of tier: Problem.Tier) -> String {
    let name = procedure?.tier(tier.code).map { words.pick($0.zh, $0.en) } ?? tier.code
    guard let due = tier.due, !problem.state.isEnded else { return name }
    return "\(name) · \(words.left(until: due, now: now))"
  }

  private func fact(_ label: String, _ value: String, url: String? = nil) -> View {
    ["label": words(label), "value": value, "link": (url ?? "").orFalse]
  }
}

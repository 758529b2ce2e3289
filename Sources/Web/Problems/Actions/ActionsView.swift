import Domain
import HTTP
import Services

/// What can be done to a problem: the likeliest as forms, the rest by name under “more”.
struct ActionsView {
  let detail: ActionView
  let order: ActionOrder
  let options: [Problem.Option]
  /// What was picked under “more”, or sent and refused.
  let picked: (action: ProblemAction, leg: Int?)?
  let failure: FailedAction?

  private var words: Wording { detail.words }

  /// Nobody needs to read that they cannot do what is another's, or done, or not there.
  private var offered: [Problem.Option] {
    options.filter {
      ($0.action.hasForm || $0.action == .split) && Self.selfEvident.isDisjoint(with: $0.reasons)
    }
  }

  private static let selfEvident: Set<Problem.Refusal> = [
    .notYourLeg, .leadClaims, .alreadyAcknowledged, .notInBatch,
  ]

  var view: View {
    let offered = offered
    let first = first(offered)
    let rest = offered.filter { !first.contains($0) }
    let primary = first.first { $0.isAllowed }
    return [
      "has_actions": !offered.isEmpty, "has_more": !rest.isEmpty,
      "nothing_expected": first.isEmpty,
      "actions": first.map { option -> View in
        let failed = failure.map { isNamed(option, $0.action, $0.leg) } == true
        return detail.view(
          option, isPrimary: option == primary, posted: failed ? failure?.form : nil,
          faults: failed ? failure?.texts(words) ?? [] : [])
      },
      "more": groups(rest),
    ]
  }

  /// Whether what was sent has its form on the page.
  func shows(_ failure: FailedAction) -> Bool {
    offered.contains { $0.isAllowed && isNamed($0, failure.action, failure.leg) }
  }

  private func first(_ offered: [Problem.Option]) -> [Problem.Option] {
    if let picked, picked.action.hasForm,
      let option = offered.first(where: { isNamed($0, picked.action, picked.leg) })
    {
      return [option]
    }
    let placed = offered.enumerated().compactMap { index, option in
      order.place(of: option).map { (option, rank: (option.isAllowed ? 0 : 1, $0, index)) }
    }
    return placed.sorted { $0.rank < $1.rank }.map(\.0)
  }

  private func isNamed(_ option: Problem.Option, _ action: ProblemAction, _ leg: Int?) -> Bool {
    option.action == action && (option.leg == leg || leg == nil)
  }

  /// On the problem as a whole, then leg by leg.
  private func groups(_ options: [Problem.Option]) -> [View] {
    let legs: [Int?] =
      [nil]
      + options.compactMap(\.leg).reduce(into: []) { legs, leg in
        if !legs.contains(leg) { legs.append(leg) }
      }
    return legs.compactMap { leg -> View? in
      let options = options.filter { $0.leg == leg }
      if options.isEmpty { return nil }
      let owner = leg.flatMap { detail.problem.leg($0) }.map(detail.label) ?? ""
      return [
        "owner": owner.orFalse,
        "links": options.filter(\.isAllowed).map { option -> View in
          let query = [
            ("action", option.action.rawValue), ("leg", option.leg.map(String.init) ?? ""),
          ]
          return [
            "name": words("action.\(option.action.rawValue)"),
            "hint": words("action.\(option.action.rawValue).hint"),
            // A part is made on a page of its own.
            "url": option.action == .split
              ? Route.problemSplit(String(detail.problem.id.value)).path
              : Route.problem(detail.problem.id).path(query: query) + "#actions",
          ]
        },
        "blocked": options.filter { !$0.isAllowed }.map { option -> View in
          [
            "name": words("action.\(option.action.rawValue)"),
            "reasons": option.reasons.map { ["text": words.refusal($0)] as View },
          ]
        },
      ]
    }
  }
}

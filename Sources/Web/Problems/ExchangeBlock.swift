import Domain
import HTTP
import Services

/// On a problem's page: handing it up to the next platform, and what other platforms told of it.
struct ExchangeBlock {
  let words: Wording
  let detail: ShowProblem.Detail

  var view: View {
    let told = detail.told.compactMap(told)
    return ["hand_up": handUp ?? false, "told": told, "has_told": !told.isEmpty]
  }

  /// Referring in one step, to a platform that is linked.
  private var handUp: View? {
    let mayRefer = detail.options.contains { $0.action == .refer && $0.isAllowed }
    guard mayRefer, !detail.upperLinks.isEmpty else { return nil }
    let problem = detail.problem
    return [
      "hand_up_url": Route.problemAction(
        String(problem.id.value), ProblemAction.refer.rawValue
      ).path,
      "hand_up_version": String(problem.version), "lane": Lane.superior.rawValue,
      "limit": String(Problem.maximumText),
      "uppers": detail.upperLinks.map { ["upper": $0] as View },
    ]
  }

  private func told(_ told: ExchangeTold) -> View? {
    var (name, facts, text) = ("", [(String, String)](), "")
    switch told.message {
    case .handedUp: return nil
    // It stands in the history as what it is.
    case .supplemented, .answered: if told.effect == .applied { return nil }
    case .progressed, .takenBack: break
    }
    switch told.message {
    case .handedUp: return nil
    case .progressed(let progress):
      name = words("exchange.step.\(progress.step.rawValue)")
      facts = [
        ("exchange.number_there", words.number(progress.number)),
        ("exchange.unit_there", progress.unit ?? ""),
        ("exchange.due_there", progress.due.map { words.day($0) } ?? ""),
      ]
      text = progress.text ?? ""
    case .answered(let answered):
      name = words("exchange.kind.answered")
      facts = [("field.outcome", words("outcome.\(answered.outcome.rawValue)"))]
      text = answered.text
    case .supplemented(let noted): (name, text) = (words("exchange.kind.supplemented"), noted.text)
    case .takenBack(let noted): (name, text) = (words("exchange.kind.taken_back"), noted.text)
    }
    return [
      "step": name, "from": told.link, "told_at": words.time(told.at),
      "late": told.effect == .late,
      "told_facts": facts.filter { !$0.1.isEmpty }.map {
        ["label": words($0.0), "value": $0.1] as View
      },
      "told_text": text.orFalse,
    ]
  }
}

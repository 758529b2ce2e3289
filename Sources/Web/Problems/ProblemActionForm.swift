import Domain
import HTTP
import HTTPTypes
import Services
import Storage

/// The form of an action on a problem, read and shown.
enum ProblemActionForm {
  /// - Returns: nil where a choice was left out or is none of the options.
  static func request(_ action: ProblemAction, _ form: FormData) -> ActOnProblem.Request? {
    switch action {
    case .accept: .command(.accept)
    case .decline: .command(.decline(reason: form["text"], instead: form["instead"]))
    case .judge:
      Difficulty(rawValue: form["difficulty"]).map {
        .command(.judge(category: form["category"], difficulty: $0, note: form["text"]))
      }
    case .assign: .assign(unit: form["unit"], note: form["text"])
    case .acknowledge: .command(.acknowledge)
    case .feedback: .command(.feedback(text: form["text"]))
    case .claim:
      Outcome(rawValue: form["outcome"]).map {
        .command(.claim(outcome: $0, result: form["text"], evidence: form["evidence"]))
      }
    case .verify:
      passed(form["passed"]).map { .command(.verify(passed: $0, text: form["text"])) }
    case .returnVisit:
      rating(form["rating"]).map { .command(.returnVisit(rating: $0, text: form["text"])) }
    case .close: .command(.close)
    }
  }

  /// The asker could not be reached or gave no rating.
  private static let noRating = "none"

  /// - Returns: nil where nothing was chosen; inside it nil for no rating.
  private static func rating(_ text: String) -> Rating?? {
    text == noRating ? .some(nil) : Rating(rawValue: text).map { .some($0) }
  }

  private static func passed(_ text: String) -> Bool? {
    switch text {
    case "yes": true
    case "no": false
    default: nil
    }
  }

  /// The order in which actions stand on the page; the first is the one expected next.
  static func order(_ state: ProblemState) -> [ProblemAction] {
    switch state {
    case .registered, .accepted: [.judge, .accept, .decline]
    case .judged: [.assign, .judge]
    case .assigned: [.acknowledge, .feedback, .claim]
    case .acknowledged: [.feedback, .claim]
    case .inProgress: [.claim, .feedback]
    case .claimed: [.verify]
    case .verified: [.returnVisit]
    case .returnVisited: [.close]
    case .closed, .declined: []
    }
  }

  static func view(
    _ action: ProblemAction, refusal: Problem.Refusal?, isPrimary: Bool, problem: Problem,
    platform: Platform, posted: FormData?, fault: String, words: Wording
  ) -> View {
    func value(_ name: String) -> String { posted?[name] ?? "" }
    let categories = platform.categories.filter { $0.track == problem.registration.track }
    let category = posted.map { $0["category"] } ?? problem.category ?? ""
    let difficulty = posted.map { $0["difficulty"] } ?? problem.difficulty?.rawValue ?? ""
    return [
      "url": Route.problemAction(String(problem.id.value), action.rawValue).path,
      "name": words("action.\(action.rawValue)"), "hint": words("action.\(action.rawValue).hint"),
      "action": action.rawValue, "version": String(problem.version),
      "primary": isPrimary, "open": isPrimary || !fault.isEmpty, "allowed": refusal == nil,
      "refusal": refusal.map { words("refusal.\($0.rawValue)") } ?? "",
      "fault": fault, "has_fault": !fault.isEmpty,
      "with_category": action == .judge,
      "categories": action == .judge ? words.options(categories, chosen: category) : [],
      "difficulties": action == .judge
        ? words.options(
          Difficulty.allCases.map(\.rawValue), named: "difficulty", chosen: difficulty) : [],
      "with_unit": action == .assign, "unit": value("unit"),
      "with_outcome": action == .claim,
      "outcomes": action == .claim
        ? words.options(
          Outcome.claimable.map(\.rawValue), named: "outcome", chosen: value("outcome")) : [],
      "evidence": value("evidence"),
      "with_passed": action == .verify,
      "passed": action == .verify
        ? words.options(["yes", "no"], named: "passed", chosen: value("passed")) : [],
      "with_rating": action == .returnVisit,
      "ratings": action == .returnVisit
        ? words.options(
          Rating.allCases.map(\.rawValue) + [noRating], named: "rating", chosen: value("rating"))
        : [],
      "with_instead": action == .decline, "instead": value("instead"),
      "with_text": ![.accept, .acknowledge, .close].contains(action),
      "text": value("text"), "text_label": words("action.\(action.rawValue).text"),
      "text_required": ![.judge, .assign].contains(action),
      "text_limit": String(Problem.maximumText),
    ]
  }
}

/// An action that did not happen, kept so that nothing typed is lost.
struct FailedAction {
  enum Cause {
    case incomplete
    case refused(Problem.Refusal)
    case conflict([ProblemHistory.Step])
  }

  let action: ProblemAction
  let form: FormData
  let cause: Cause

  init(_ action: ProblemAction, _ form: FormData, _ cause: Cause) {
    (self.action, self.form, self.cause) = (action, form, cause)
  }

  var status: HTTPResponse.Status {
    switch cause {
    case .incomplete: .unprocessableContent
    case .conflict, .refused(.wrongState): .conflict
    case .refused(.notYourRole), .refused(.handlerCannotVerify): .forbidden
    case .refused: .unprocessableContent
    }
  }

  func text(_ words: Wording) -> String {
    switch cause {
    case .incomplete: words("refusal.choice_missing")
    case .refused(let refusal):
      words("refusal.\(refusal.rawValue)", ["n": String(Problem.maximumText)])
    case .conflict: words("refusal.conflict")
    }
  }
}

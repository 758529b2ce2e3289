import Domain
import HTTP
import Services

/// The form of something that can be done to a problem.
struct ActionView {
  let words: Wording
  let platform: Platform
  let problem: Problem
  let names: PartyNames
  /// Values taken over from elsewhere, by field.
  var chosen: [String: String] = [:]
  /// The category that the problem's words speak for.
  var suggestion: CategorySuggestion?
  /// Who is in charge of whom it concerns; the first gets the official's line.
  var paired: [PairedOfficial] = []
  /// The platforms that it could be handed up to.
  var upperLinks: [String] = []

  /// - Parameters:
  ///   - posted: what was typed into it, where it was sent and refused.
  ///   - faults: why it was refused.
  func view(
    _ option: Problem.Option, isPrimary: Bool, posted: FormData?, faults: [String]
  ) -> View {
    let action = option.action
    let leg = option.leg.flatMap { problem.leg($0) }
    let fields = option.isAllowed ? action.fields.filter(fits) : []
    return [
      "url": Route.problemAction(String(problem.id.value), action.rawValue).path,
      "id": Self.id(action, option.leg), "name": words("action.\(action.rawValue)"),
      "leg_name": (leg.map(shortLabel) ?? "").orFalse, "leg": option.leg.map(String.init) ?? "",
      "hint": words("action.\(action.rawValue).hint"), "version": String(problem.version),
      "primary": isPrimary, "open": isPrimary || !faults.isEmpty, "allowed": option.isAllowed,
      "reasons": option.reasons.map { ["text": words.refusal($0)] as View },
      "faults": faults.map { ["text": $0] as View },
      "takes_files": action.takesFiles, "accepted": AttachmentsView.accepted,
      "files_hint": words("attachment.hint", AttachmentsView.limits),
      "fields": fields.map { field($0, of: option, leg, posted) },
    ]
  }

  static func id(_ action: ProblemAction, _ leg: Int?) -> String {
    "action-" + action.rawValue + (leg.map { "-\($0)" } ?? "")
  }

  /// Whose leg it is, where there are several.
  func label(_ leg: Leg) -> String {
    (problem.round?.legs.count ?? 0) > 1 ? names.name(of: leg) : ""
  }

  private func shortLabel(_ leg: Leg) -> String {
    (problem.round?.legs.count ?? 0) > 1 ? names.shortName(of: leg) : ""
  }

  private var procedure: Procedure? { platform.procedures[problem.track] }

  /// Only double procedures have a line for the official.
  private func fits(_ field: ActionField) -> Bool {
    field.name != "official" || procedure?.isDouble == true
  }

  private func field(
    _ field: ActionField, of option: Problem.Option, _ leg: Leg?, _ posted: FormData?
  ) -> View {
    let value = posted.map { $0[field.name] } ?? preset(field, option.action)
    let isChoice = field.kind == .select || field.kind == .radio
    let choices = isChoice ? choices(field, option.action, leg) : []
    return [
      "field": field.name, "field_id": Self.id(option.action, option.leg) + "-" + field.name,
      "label": words(field.label), "field_hint": hint(field, option.action).orFalse,
      "required": field.isRequired, "value": value, "limit": String(Problem.maximumText),
      "is_text": field.kind == .text, "rows": field.isRequired ? "3" : "2",
      "is_unit": field.kind == .unit,
      "is_select": field.kind == .select, "is_radio": field.kind == .radio,
      "input": ([.line: "text", .date: "date", .number: "number"][field.kind] ?? "").orFalse,
      "choices": choices.map {
        ["choice": $0.value, "choice_name": $0.name, "chosen": $0.value == value] as View
      },
    ]
  }

  private func hint(_ field: ActionField, _ action: ProblemAction) -> String {
    if action == .judge, field.name == "category", let suggestion,
      let category = platform.categories.first(where: {
        $0.track == problem.track && $0.code == suggestion.code
      })
    {
      return words.suggestion(category, suggestion)
    }
    if action == .assign, field.name == "official", let first = paired.first {
      return words(
        "pairing.assign_hint",
        ["name": first.name, "unit": PairingBlock.unit(first.unitPath)])
    }
    if action == .refer, field.name == "to", !upperLinks.isEmpty {
      return words(
        "exchange.refer_hint", ["names": upperLinks.joined(separator: words("punctuation.list"))])
    }
    return field.hint.map { words($0) } ?? ""
  }

  /// What is known already.
  private func preset(_ field: ActionField, _ action: ProblemAction) -> String {
    if let value = chosen[field.name] { return value }
    return switch (action, field.name) {
    case (.judge, "category"): problem.category ?? suggestion?.code ?? ""
    case (.judge, "difficulty"): problem.difficulty?.rawValue ?? ""
    case (.judge, "tier"): problem.tier?.code ?? ""
    case (.reviewShelving, "why"): problem.shelving?.reason.rawValue ?? ""
    default: ""
    }
  }

  private typealias Choice = (value: String, name: String)

  private func choices(_ field: ActionField, _ action: ProblemAction, _ leg: Leg?) -> [Choice] {
    func named(_ values: [String], _ name: (String) -> String) -> [Choice] {
      values.map { ($0, name($0)) }
    }
    switch field.name {
    case "category":
      return platform.categories.filter { $0.track == problem.track }.map {
        ($0.code, words.name(of: $0))
      }
    case "difficulty":
      return named(Difficulty.allCases.map(\.rawValue)) { words("difficulty.\($0)") }
    case "tier": return procedure?.tiers.map { ($0.code, words.pick($0.zh, $0.en)) } ?? []
    case "yes": return named(["yes", "no"]) { words("finding.\(action.rawValue).\($0)") }
    case "rating":
      return named(Rating.allCases.map(\.rawValue) + [ActionReader.noRating]) {
        words("rating.\($0)")
      }
    case "outcome":
      return named(procedure?.outcomes.map(\.rawValue) ?? []) { words("outcome.\($0)") }
    case "why":
      return named(ShelvingReason.allCases.map(\.rawValue)) { words("shelving_reason.\($0)") }
    case "lane":
      let lanes = Lane.allCases.filter { $0 != .superior || !upperLinks.isEmpty }
      return named(lanes.map(\.rawValue)) { words("lane.\($0)") }
    case "number":
      let steps = leg?.plan.map { plan in
        plan.steps.enumerated().filter { plan.done[$0.offset + 1] == nil }
      }
      return steps?.map { (String($0.offset + 1), "\($0.offset + 1) · \($0.element.text)") } ?? []
    default: return []
    }
  }
}

import Domain
import HTTP
import Services

/// What whoever visits can do to a visit, as forms.
struct VisitForms {
  let view: VisitView
  let rules: VisitRules
  let detail: ShowVisit.Detail

  private var words: Wording { view.words }

  /// - Parameters:
  ///   - sent: what was sent and cannot be taken.
  ///   - reasons: why not.
  func all(_ sent: VisitAction?, _ form: FormData?, _ reasons: [VisitRefusal]) -> [View] {
    // The first that can be done is what the page is for, until somebody tried another.
    let primary = detail.options.first { $0.refusals.isEmpty && Self.isNext($0.action) }?.action
    return detail.options.map { option in
      let action = option.action
      let name = action.rawValue
      var act = ActForm(
        id: name, name: words("visit.action.\(name)"), will: words("visit.will.\(name)"),
        url: Route.visitAction(detail.shown.id.description, name).path)
      act.fields = fields(action)
      act.initial = Self.initial(action == .take ? detail.shown.visit.date : nil)
      act.limit = Visit.maximumText
      act.reasons = option.refusals.map { view.text($0, rules) }
      if action == sent {
        act.posted = form
        act.faults = reasons.map { view.text($0, rules) }
      }
      act.isPrimary = sent == nil ? action == primary : action == sent
      return act.view
    }
  }

  private static func isNext(_ action: VisitAction) -> Bool {
    action == .take || action == .accept || action == .hold
  }

  private func fields(_ action: VisitAction) -> [ActForm.Field] {
    switch action {
    case .take:
      let unit = ActForm.Field.input(
        "unit", label: words("visit.unit"), hint: words("visit.unit_hint"))
      return (detail.namesUnit ? [unit] : []) + Self.date(words)
    case .move:
      let isInspection = detail.shown.visit.kind == .inspection
      let basis = ActForm.Field.text(
        "basis", label: words("visit.basis"), isRequired: false, hint: words("visit.basis_hint"))
      return Self.date(words) + (isInspection ? [basis] : [])
    case .join:
      return [
        .radio(
          "host", label: words("visit.host"),
          detail.joinable.map { host in
            (host.id.description, "\(view.date(host.visit.date)) \(view.who(host))")
          })
      ]
    case .hold:
      return [.text("text", label: words("visit.result"), hint: words("visit.text_hint"))]
    case .cancel: return [.text("text", label: words("visit.reason"))]
    case .accept, .propose, .decline, .withdraw: return []
    }
  }

  /// - Parameter date: nil where none is wished for yet.
  static func initial(_ date: VisitDate?) -> [String: String] {
    ["day": date?.day.description ?? "", "part": date?.part?.rawValue ?? "any"]
  }

  static func date(_ words: Wording) -> [ActForm.Field] {
    [
      .input("day", label: words("visit.day"), type: "date"),
      .radio(
        "part", label: words("visit.part"),
        ["any", "morning", "afternoon"].map { ($0, words("visit.part.\($0)")) }),
    ]
  }

  static func draft(_ form: FormData) -> VisitDraft {
    var draft = VisitDraft()
    draft.day = form["day"]
    draft.part = form["part"]
    draft.kind = form["kind"]
    draft.purpose = form["purpose"]
    draft.basis = form["basis"]
    draft.unit = form["unit"]
    draft.official = form["official"]
    return draft
  }

  static func request(_ action: VisitAction, _ form: FormData) -> ActOnVisit.Request {
    switch action {
    case .take: .take(draft(form))
    case .accept: .accept
    case .move: .move(draft(form))
    case .join: .join(VisitID(form["host"]))
    case .hold: .hold(form["text"])
    // The enterprise's are not sent here.
    case .cancel, .propose, .decline, .withdraw: .cancel(form["text"])
    }
  }
}

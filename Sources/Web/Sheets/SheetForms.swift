import Domain
import HTTP
import Services

/// What can be done to a sheet, each with what it will do.
struct SheetForms {
  let words: Wording
  let detail: ShowSheet.Detail
  let failure: (action: SheetAction, form: FormData, faults: [String])?

  /// Nobody needs to read that they cannot do what is another's, or makes no sense now.
  private static let selfEvident: Set<CommentSheet.Refusal> = [
    .wrongState, .notYourRole, .directorOnly, .notYourLine, .noObjection,
  ]

  private var sheet: CommentSheet { detail.sheet }

  static func id(_ action: SheetAction) -> String { "action-" + action.rawValue }

  var views: [View] {
    let offered = detail.options.filter { Self.selfEvident.isDisjoint(with: $0.refusals) }
    // What is waited for opens itself; an upheld objection waits for the numbers.
    let order: [SheetAction] = [.rule, .publish, .preview]
    let open = order.first { action in
      offered.contains { $0.action == action && $0.refusals.isEmpty }
    }
    return offered.map { option in
      var form = ActForm(
        id: Self.id(option.action), name: words("sheet.action.\(option.action.rawValue)"),
        will: words(
          "sheet.will.\(option.action.rawValue)",
          ["n": String(sheet.content.formula.objectionDays), "unit": ownUnit]),
        url: Route.sheetAction(sheet.id.description, option.action.rawValue).path)
      form.fields = fields(option.action)
      form.reasons = option.refusals.map { words.refusal($0) }
      form.isPrimary = option.action == open
      if failure?.action == option.action {
        (form.posted, form.faults) = (failure?.form, failure?.faults ?? [])
      }
      return form.view
    }
  }

  private var ownUnit: String {
    sheet.content.lines.first { $0.unit == detail.unit }?.name ?? ""
  }

  private func fields(_ action: SheetAction) -> [ActForm.Field] {
    switch action {
    case .preview, .recompute, .publish: []
    case .object: [.text("text", label: words("sheet.grounds"))]
    case .rule:
      [
        .select(
          "number", label: words("sheet.objection"),
          sheet.openObjections.map { objection in
            let name = sheet.content.lines.first { $0.unit == objection.unit }?.name ?? ""
            return (String(objection.number), "\(objection.number) \(name)")
          }),
        .radio(
          "upheld", label: words("field.finding"),
          [("yes", words("sheet.upheld")), ("no", words("sheet.rejected"))]),
        .text("text", label: words("field.reason")),
      ]
    }
  }
}

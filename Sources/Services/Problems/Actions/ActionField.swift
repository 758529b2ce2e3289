import Domain

/// A field of an action's form. The page shows it, `ActionReader` reads it and tests look for its texts.
package struct ActionField: Sendable {
  package enum Kind: Sendable {
    /// Several lines of words.
    case text
    /// One line of words.
    case line
    /// A unit's name, completed while it is typed.
    case unit
    case date, number, select, radio
  }

  /// The field's name in the form.
  package let name: String
  package let kind: Kind
  /// The key of its label.
  package let label: String
  package let isRequired: Bool
  /// The key of a sentence that helps to fill it in.
  package let hint: String?

  init(
    _ name: String, _ kind: Kind, label: String? = nil, isRequired: Bool = true,
    hint: String? = nil
  ) {
    self.name = name
    self.kind = kind
    self.label = label ?? "field.\(name)"
    self.isRequired = isRequired
    self.hint = hint
  }
}

extension ProblemAction {
  /// Whether pages have a form for it. A part is made in a way of its own.
  package var hasForm: Bool {
    self != .split && !ProblemAction.notByAccounts.contains(self)
  }

  /// Whether photos and documents may come with it: what shows that it is so.
  package var takesFiles: Bool {
    self == .feedback || self == .claim || self == .answer || self == .completeStep
      || self == .verify
  }

  /// What its form asks for, in order.
  package var fields: [ActionField] {
    switch self {
    case .accept, .acknowledge, .close, .evaluate, .absorb, .split: []
    case .decline: [words(), ActionField("instead", .text)]
    case .judge:
      [
        ActionField("category", .select), ActionField("difficulty", .select),
        ActionField("tier", .select, isRequired: false), words(isRequired: false),
      ]
    case .assign:
      [
        ActionField("unit", .unit, hint: "assign.unit_hint"),
        ActionField("co_handlers", .text, isRequired: false, hint: "assign.co_handlers_hint"),
        ActionField("official", .line, isRequired: false, hint: "assign.official_hint"),
        words(isRequired: false),
        ActionField("pushed_down", .line, isRequired: false, hint: "assign.pushed_down_hint"),
      ]
    case .feedback, .object, .resume, .answer, .withdraw, .urge, .proposeAccountability, .reopen,
      .unshelve, .answerReferral, .unmerge, .leaveBatch:
      [words()]
    case .ruleObjection, .decideExtension, .decidePlan, .verify, .lookBack:
      [ActionField("yes", .radio, label: "field.finding"), words()]
    case .askExtension: [ActionField("until", .date, label: "field.extend_until"), words()]
    case .suspend: [words(), ActionField("basis", .line)]
    case .plan: [ActionField("steps", .text, hint: "plan.steps_hint")]
    case .completeStep: [ActionField("number", .select, label: "field.step"), words()]
    case .claim:
      [
        ActionField("outcome", .select), words(),
        ActionField("evidence", .text, hint: "claim.evidence_hint"),
      ]
    case .returnVisit: [ActionField("rating", .radio), words()]
    case .shelve, .reviewShelving:
      [
        ActionField("why", .select, label: "field.shelving_reason"),
        ActionField("until", .date, label: "field.review_on"), words(),
      ]
    case .escalate: [words(), ActionField("tried", .text)]
    case .refer: [ActionField("lane", .select), ActionField("to", .line), words()]
    case .merge: [ActionField("into", .number, hint: "merge.into_hint"), words()]
    case .joinBatch: [ActionField("batch", .number), words(isRequired: false)]
    }
  }

  /// What is said, found, reported or reasoned.
  private func words(isRequired: Bool = true) -> ActionField {
    ActionField("text", .text, label: "action.\(rawValue).text", isRequired: isRequired)
  }
}

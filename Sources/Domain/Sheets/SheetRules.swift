extension CommentSheet {
  /// Why something is not done. The text comes from the catalogue.
  package enum Refusal: String, Error, Hashable, Sendable, CaseIterable {
    /// The month is not over.
    case monthOpen = "month_open"
    /// One of this month and kind is not published yet.
    case underWay = "under_way"
    /// A later edition says why it is made.
    case reasonMissing = "reason_missing"
    /// There are no units of this kind.
    case nobody
    /// What is published stays as it is.
    case wrongState = "wrong_state"
    case notYourRole = "not_your_role"
    case directorOnly = "director_only"
    /// None of its lines is of the account's unit.
    case notYourLine = "not_your_line"
    /// The days in which units may object are not over, or are.
    case windowOpen = "window_open"
    case windowOver = "window_over"
    /// Units object once to the numbers as they stand.
    case objectedAlready = "objected_already"
    case objectionOpen = "objection_open"
    case noObjection = "no_objection"
    /// An objection was upheld since the numbers were computed.
    case stale
    case textMissing = "text_missing"
    /// The text is longer than `Problem.maximumText` characters.
    case textTooLong = "text_too_long"
  }

  /// All reasons against what was asked for; nothing has happened.
  package struct Refused: Error, Hashable, Sendable {
    package let refusals: [Refusal]

    package init(_ refusals: [Refusal]) { self.refusals = refusals }
  }

  /// What a decision may look at besides the sheet.
  package struct Surroundings: Sendable {
    package var now: Instant
    package var actor: Actor
    package var calendar: WorkingCalendar
    package var mayManage: Bool
    /// Whether they are the office director.
    package var mayDirect: Bool
    /// The line of the unit they may object for.
    package var unit: UnitID?

    package init(
      now: Instant, actor: Actor, calendar: WorkingCalendar, mayManage: Bool, mayDirect: Bool,
      unit: UnitID?
    ) {
      (self.now, self.actor, self.calendar) = (now, actor, calendar)
      (self.mayManage, self.mayDirect, self.unit) = (mayManage, mayDirect, unit)
    }
  }

  /// All reasons against an action, whatever its arguments; empty where it can be done.
  package func refusals(of action: SheetAction, in surroundings: Surroundings) -> [Refusal] {
    guard action.states.contains(state) else { return [.wrongState] }
    var found: [Refusal] = []
    func refuse(_ refusal: Refusal, when fault: Bool) { if fault { found.append(refusal) } }
    let isOver = objectionsUntil.map { surroundings.now >= $0 } ?? false
    switch action {
    case .preview:
      refuse(.notYourRole, when: !surroundings.mayManage)
    case .recompute:
      refuse(.notYourRole, when: !surroundings.mayManage)
      // An objection is about the numbers that stand there.
      refuse(.objectionOpen, when: !openObjections.isEmpty)
    case .object:
      guard let unit = surroundings.unit else { return [.notYourLine] }
      refuse(.objectedAlready, when: hasObjected(unit))
      refuse(.windowOver, when: isOver)
    case .rule:
      refuse(.directorOnly, when: !surroundings.mayDirect)
      refuse(.noObjection, when: openObjections.isEmpty)
    case .publish:
      refuse(.directorOnly, when: !surroundings.mayDirect)
      refuse(.windowOpen, when: !isOver)
      refuse(.objectionOpen, when: !openObjections.isEmpty)
      refuse(.stale, when: isStale)
    }
    return found
  }
}

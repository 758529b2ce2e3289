/// The events that follow from what people ask for. Each throws all reasons against it.
extension CommentSheet {
  /// Whether a sheet of a month may be begun, and as which edition.
  /// - Parameter last: the sheet of this month and kind with the highest edition.
  package static func edition(
    of month: SheetMonth, after last: CommentSheet?, reason: String, at settled: Instant
  ) throws(Refused) -> (edition: Int, supersedes: SheetID?, reason: String?) {
    guard month.end <= settled else { throw Refused([.monthOpen]) }
    guard let last else { return (1, nil, nil) }
    guard last.state == .published else { throw Refused([.underWay]) }
    if reason.trimmed.isEmpty { throw Refused([.reasonMissing]) }
    return (last.content.edition + 1, last.id, try text(reason))
  }

  package static func draft(_ content: SheetContent) throws(Refused) -> SheetEvent {
    if content.lines.isEmpty { throw Refused([.nobody]) }
    return .drafted(.init(content: content))
  }

  /// The numbers anew; whoever may object sees them in a preview of their own.
  package func recompute(
    _ content: SheetContent, in surroundings: Surroundings
  ) throws(Refused) -> SheetEvent {
    try permit(.recompute, surroundings)
    return .recomputed(.init(content: content))
  }

  /// Units see it and have until the end of the formula's last working day; this day does not count.
  package func preview(in surroundings: Surroundings) throws(Refused) -> SheetEvent {
    try permit(.preview, surroundings)
    let due = DueDate(
      start: surroundings.now, budget: .workingDays(content.formula.objectionDays),
      rollOver: false, calendar: surroundings.calendar)
    return .previewed(.init(until: due.instant))
  }

  package func object(
    _ words: String, in surroundings: Surroundings
  ) throws(Refused) -> SheetEvent {
    try permit(.object, surroundings)
    guard let unit = surroundings.unit else { throw Refused([.notYourLine]) }
    return .objected(
      .init(number: objections.count + 1, unit: unit, text: try CommentSheet.text(words)))
  }

  /// Once for each objection.
  package func rule(
    _ number: Int, upheld: Bool, reason: String, in surroundings: Surroundings
  ) throws(Refused) -> SheetEvent {
    try permit(.rule, surroundings)
    guard openObjections.contains(where: { $0.number == number }) else {
      throw Refused([.noObjection])
    }
    return .ruled(.init(number: number, upheld: upheld, reason: try CommentSheet.text(reason)))
  }

  /// What it will say for good: its numbers, what came of the objections, and the ledger as it was.
  package func publication(
    _ ledger: SheetContent.LedgerMark?, in surroundings: Surroundings
  ) throws(Refused) -> SheetContent {
    try permit(.publish, surroundings)
    var content = content
    content.notes = objections.compactMap { objection in
      objection.ruling.map {
        .init(
          unit: objection.unit, text: objection.text, upheld: $0.upheld, ruling: $0.reason)
      }
    }
    content.ledger = ledger
    return content
  }

  private func permit(_ action: SheetAction, _ surroundings: Surroundings) throws(Refused) {
    let refusals = refusals(of: action, in: surroundings)
    guard refusals.isEmpty else { throw Refused(refusals) }
  }

  private static func text(_ words: String) throws(Refused) -> String {
    let trimmed = words.trimmed
    guard !trimmed.isEmpty else { throw Refused([.textMissing]) }
    guard trimmed.unicodeScalars.count <= Problem.maximumText else {
      throw Refused([.textTooLong])
    }
    return trimmed
  }
}

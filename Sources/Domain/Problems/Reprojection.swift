extension Problem {
  /// A date that would move.
  package struct MovedDue: Hashable, Sendable {
    package let leg: Int
    package let milestone: MilestoneKind
    package let step: Int?
    package let from: ProblemEvent.Due
    package let to: ProblemEvent.Due
  }

  /// The open dates that a change of the calendar or of the rule's roll-over and cut-off would move.
  /// Budgets stay those that were issued; what is met, or stands still, stays as it is.
  package func movedDues(in surroundings: Surroundings) -> [MovedDue] {
    guard state.isRunning else { return [] }
    let projection = Projection(surroundings)
    return (round?.openLegs ?? []).filter {
      // Dates of earlier records are theirs.
      !$0.isSuspended && !$0.rule.isEmpty
    }.flatMap { leg in
      projection.redated(leg, now: surroundings.now).compactMap { new -> MovedDue? in
        let old = leg.due.first { $0.milestone == new.milestone && $0.step == new.step }
        guard let old, old.day != new.day || old.instant != new.instant else { return nil }
        return MovedDue(
          leg: leg.number, milestone: new.milestone, step: new.step, from: old, to: new)
      }
    }
  }

  /// The event that moves them, with the cause.
  package static func reprojection(_ moved: [MovedDue], cause: String) -> ProblemEvent {
    let legs = Dictionary(grouping: moved, by: \.leg).sorted { $0.key < $1.key }
    return .redated(
      .init(cause: cause, legs: legs.map { .init(leg: $0.key, due: $0.value.map(\.to)) }))
  }
}

import Domain

extension ProblemHistory {
  /// The problem with nothing of what came at the instant or later. One that was registered later stands
  /// as it was found.
  package func problem(asOf instant: Instant) -> Problem {
    guard case .registered(let registered) = steps[0].event else { return problem }
    var past = Problem(id: problem.id, registered: registered, at: steps[0].at, by: steps[0].actor)
    for step in steps.dropFirst() where step.at < instant {
      past.apply(step.event, at: step.at, by: step.actor)
    }
    return past
  }

  /// What happened, as the catalogue and the ledger name it: `feedback`.
  package static func name(of event: ProblemEvent) -> String {
    String(ProblemEventCodec.kind(of: event).dropFirst("problem.".count))
  }
}

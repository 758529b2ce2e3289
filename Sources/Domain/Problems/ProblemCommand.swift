/// What a person may ask of a problem. A command becomes events or is refused with reasons.
package enum ProblemCommand: Sendable {
  case accept
  /// `instead`: the legal way to go.
  case decline(reason: String, instead: String)
  case judge(category: String, difficulty: Difficulty, note: String)
  case assign(unit: UnitID, note: String)
  case acknowledge
  case feedback(text: String)
  case claim(outcome: Outcome, result: String, evidence: String)
  case verify(passed: Bool, text: String)
  /// `rating` is nil where the asker gave none.
  case returnVisit(rating: Rating?, text: String)
  case close

  package var action: ProblemAction {
    switch self {
    case .accept: .accept
    case .decline: .decline
    case .judge: .judge
    case .assign: .assign
    case .acknowledge: .acknowledge
    case .feedback: .feedback
    case .claim: .claim
    case .verify: .verify
    case .returnVisit: .returnVisit
    case .close: .close
    }
  }
}

/// The name of a command, for rights, forms and addresses.
package enum ProblemAction: String, Sendable, CaseIterable {
  case accept, decline, judge, assign, acknowledge, feedback, claim, verify
  case returnVisit = "return_visit"
  case close

  /// The states in which it makes sense: the one transition table.
  package var states: Set<ProblemState> {
    switch self {
    case .accept: [.registered]
    case .decline: [.registered, .accepted]
    case .judge: [.registered, .accepted, .judged]
    case .assign: [.judged]
    case .acknowledge: [.assigned]
    case .feedback, .claim: [.assigned, .acknowledged, .inProgress]
    case .verify: [.claimed]
    case .returnVisit: [.verified]
    case .close: [.returnVisited]
    }
  }
}

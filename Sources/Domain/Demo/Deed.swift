/// What somebody does to a problem of the demo city. Who they are is known when it is done.
package enum Deed: Sendable {
  case judge(category: String, difficulty: Difficulty, tier: String, note: String)
  case decline(reason: String, instead: String)
  /// To a unit by its path.
  case assign(unit: String, coHandlers: [String], note: String)
  case acknowledge
  case feedback(String)
  case object(String)
  case ruleObjection(upheld: Bool, String)
  /// Days beyond the last due day.
  case askExtension(days: Int, String)
  case decideExtension(approved: Bool, String)
  case suspend(String, basis: String)
  case resume(String)
  /// On the second line, the official's.
  case feedbackOnLine(String)
  case answer(String)
  case answerAsCoHandler(String)
  case claim(Outcome, String, evidence: String)
  case verify(passed: Bool, String)
  /// The asker gets the link to rate with.
  case askRating
  case rate(Rating, String)
  case visit(Rating?, String)
  case close
  case shelve(ShelvingReason, String, days: Int)
  case reviewShelving(ShelvingReason, String, days: Int)
  case unshelve(String)
  case escalate(reason: String, tried: String)
  case refer(Lane, to: String, String)
  case answerReferral(String)
  /// Into the one of which it is a second telling.
  case merge(String)

  /// What may not be possible any more when its time comes, and is left undone then.
  package var isOptional: Bool {
    switch self {
    case .object, .ruleObjection, .askExtension, .decideExtension, .suspend, .resume, .feedback,
      .feedbackOnLine, .acknowledge, .answerAsCoHandler, .merge, .decline, .reviewShelving:
      true
    default: false
    }
  }
}

/// What happens to one problem of the demo city from its registration on.
package struct Course: Sendable {
  package enum Registrar: Sendable {
    case official, village, enterprise, office
  }

  package let track: Track
  package let category: String
  package let title: String
  package let detail: String
  /// The place of the village or enterprise in the city's lists.
  package let target: Int
  package let county: Int
  package let registeredAt: Instant
  package let foundOn: Day
  package let registrar: Registrar
  package let channel: String
  package let sourceNumber: String
  package var steps: [Step] = []
  /// The course of which it is a second telling.
  package var twin: Int?
  /// The batch it is worked off with.
  package var batch: Int?

  package struct Step: Sendable {
    package let at: Instant
    package let deed: Deed
  }

  package var end: Instant { steps.last?.at ?? registeredAt }
}

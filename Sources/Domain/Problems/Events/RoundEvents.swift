extension ProblemEvent {
  package struct Evaluated: Hashable, Sendable, Codable {
    package var rating: Rating
    package var text: String

    package init(rating: Rating, text: String) { (self.rating, self.text) = (rating, text) }
  }

  package struct ReturnVisited: Hashable, Sendable, Codable {
    /// Nil where the asker gave none: never taken for satisfied.
    package var rating: Rating?
    package var text: String

    package init(rating: Rating?, text: String) { (self.rating, self.text) = (rating, text) }
  }

  package struct LookedBack: Hashable, Sendable, Codable {
    package var passed: Bool
    package var text: String
    /// Whether a sample asked for it; nil where it was done without one.
    package var sampled: Bool?
  }

  /// The asker's link went out; to which contact of the register, where there is one.
  package struct LinkIssued: Hashable, Sendable, Codable {
    package var round: Int
    package var contact: String?

    package init(round: Int, contact: String?) { (self.round, self.contact) = (round, contact) }
  }

  package struct Shelved: Hashable, Sendable, Codable {
    package var reason: ShelvingReason
    package var text: String
    package var reviewOn: Day
  }

  package struct Escalated: Hashable, Sendable, Codable {
    package var tier: String
    package var tierDue: Instant?
    package var reason: String
    /// What was tried below.
    package var tried: String
  }

  package struct Referred: Hashable, Sendable, Codable {
    package var lane: Lane
    /// Who gets it, in words.
    package var to: String
    package var text: String
    /// The message that hands it up, where it went to another instance.
    package var handing: Problem.Handing?
  }

  package struct Linked: Hashable, Sendable, Codable {
    package var problem: ProblemID
    package var number: Int64
    package var text: String
    /// The source numbers that come with it.
    package var sources: [Source]

    package init(problem: ProblemID, number: Int64, text: String, sources: [Source]) {
      (self.problem, self.number) = (problem, number)
      (self.text, self.sources) = (text, sources)
    }
  }

  package struct MasterClosed: Hashable, Sendable, Codable {
    package var problem: ProblemID
    package var outcome: Outcome
    package var result: String

    package init(problem: ProblemID, outcome: Outcome, result: String) {
      (self.problem, self.outcome, self.result) = (problem, outcome, result)
    }
  }

  package struct Batched: Hashable, Sendable, Codable {
    package var batch: BatchID
    package var text: String
  }
}

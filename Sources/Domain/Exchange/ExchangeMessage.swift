/// What one instance tells another of a problem that was handed up. Goes to the sender's ledger as it
/// is, and from there to the other side: fields are added, never renamed or given a new meaning. Says
/// nothing of persons.
package enum ExchangeMessage: Hashable, Sendable {
  case handedUp(HandedUp)
  case progressed(Progressed)
  case answered(Answered)
  /// The lower side's asker added something.
  case supplemented(Noted)
  /// The lower side ended the referral itself.
  case takenBack(Noted)

  package struct HandedUp: Hashable, Sendable, Codable {
    package var problem: ProblemID
    package var number: Int64
    package var track: Track
    package var title: String
    package var detail: String
    package var foundOn: Day
    package var origin: Origin?
    package var category: String?
    package var difficulty: Difficulty?
    package var concerns: Concern
    /// Why it is handed up and what is asked for.
    package var text: String

    package init(_ problem: Problem, concerns: Concern, text: String) {
      let registration = problem.registration
      (self.problem, number, track) = (problem.id, registration.number, problem.track)
      (title, detail, foundOn) = (registration.title, registration.detail, registration.foundOn)
      (origin, category) = (registration.origin, problem.category)
      (difficulty, self.concerns, self.text) = (problem.difficulty, concerns, text)
    }
  }

  /// Whom a problem concerns, so that another instance finds it in its own registers.
  package struct Concern: Hashable, Sendable, Codable {
    /// An enterprise's name, or a place's path.
    package var name: String
    /// Unified social credit code.
    package var creditCode: String?
    /// Statistical division code.
    package var divisionCode: String?

    package init(name: String, creditCode: String? = nil, divisionCode: String? = nil) {
      (self.name, self.creditCode, self.divisionCode) = (name, creditCode, divisionCode)
    }
  }

  /// What happened to it above.
  package struct Progressed: Hashable, Sendable, Codable {
    /// The number of the message that handed it up.
    package var handing: Int
    package var problem: ProblemID
    /// Its number above.
    package var number: Int64
    package var step: ExchangeStep
    /// Who has it: a unit by name, or the next platform up.
    package var unit: String?
    package var due: Day?
    package var text: String?

    package init(
      handing: Int, _ problem: Problem, _ step: ExchangeStep, unit: String? = nil,
      due: Day? = nil, text: String? = nil
    ) {
      (self.handing, self.problem, number) = (handing, problem.id, problem.registration.number)
      (self.step, self.unit, self.due, self.text) = (step, unit, due, text)
    }
  }

  /// What came of it above: the answer to the referral.
  package struct Answered: Hashable, Sendable, Codable {
    package var handing: Int
    /// Nil where it never became a problem there.
    package var problem: ProblemID?
    package var number: Int64?
    package var outcome: Outcome
    package var text: String

    package init(handing: Int, _ problem: Problem?, _ outcome: Outcome, _ text: String) {
      (self.handing, self.problem) = (handing, problem?.id)
      (number, self.outcome, self.text) = (problem?.registration.number, outcome, text)
    }
  }

  package struct Noted: Hashable, Sendable, Codable {
    package var handing: Int
    package var problem: ProblemID
    package var text: String

    package init(handing: Int, _ problem: Problem, _ text: String) {
      (self.handing, self.problem, self.text) = (handing, problem.id, text)
    }
  }
}

/// A step above that the lower side is told of.
package enum ExchangeStep: String, Sendable, Codable, CaseIterable {
  case registered, accepted, judged, assigned, extended, claimed, verified, redone, reopened,
    shelved, unshelved, escalated, merged
  /// To the next platform up.
  case handedOn = "handed_on"
}

extension Problem {
  /// One handing up: by which link, and under which of its numbers.
  package struct Handing: Hashable, Sendable, Codable {
    package var link: LinkID
    /// The number of the message that hands it up.
    package var sequence: Int

    package init(link: LinkID, sequence: Int) { (self.link, self.sequence) = (link, sequence) }
  }
}

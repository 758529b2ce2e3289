extension ProblemEvent {
  /// Nil names the lead handler's leg of the current round.
  package struct Mark: Hashable, Sendable, Codable {
    package var leg: Int?

    package init(leg: Int? = nil) { self.leg = leg }
  }

  package struct Told: Hashable, Sendable, Codable {
    package var leg: Int?
    package var text: String

    package init(leg: Int? = nil, text: String) { (self.leg, self.text) = (leg, text) }
  }

  /// The office's ruling on an objection; it is final.
  package struct Ruled: Hashable, Sendable, Codable {
    package var leg: Int
    package var upheld: Bool
    package var text: String
  }

  package struct ExtensionAsked: Hashable, Sendable, Codable {
    package var leg: Int
    package var until: Day
    package var text: String
  }

  package struct ExtensionDecided: Hashable, Sendable, Codable {
    package var leg: Int
    package var approved: Bool
    package var text: String
    /// The leg's dates from now on; empty where it was refused.
    package var due: [Due]
  }

  package struct Suspended: Hashable, Sendable, Codable {
    package var leg: Int
    package var text: String
    /// The rule or paper it rests on.
    package var basis: String
  }

  package struct Redated: Hashable, Sendable, Codable {
    package var leg: Int
    package var text: String
    package var due: [Due]
  }

  /// New dates of legs after a change of calendar or rule.
  package struct Reprojected: Hashable, Sendable, Codable {
    package struct Leg: Hashable, Sendable, Codable {
      package var leg: Int
      package var due: [Due]
    }
    package var cause: String
    package var legs: [Leg]
  }

  /// Steps with owners and dates, where it cannot be closed in a month, or 一企一策.
  package struct Planned: Hashable, Sendable, Codable {
    package struct Step: Hashable, Sendable, Codable {
      package var text: String
      package var owner: String
      package var due: Day

      package init(text: String, owner: String, due: Day) {
        (self.text, self.owner, self.due) = (text, owner, due)
      }
    }
    package var leg: Int
    package var steps: [Step]
  }

  package struct PlanDecided: Hashable, Sendable, Codable {
    package var leg: Int
    package var approved: Bool
    package var text: String
    /// The steps' dates, where the plan was approved.
    package var due: [Due]
  }

  package struct StepDone: Hashable, Sendable, Codable {
    package var leg: Int
    package var step: Int
    package var text: String
  }

  package struct Claimed: Hashable, Sendable, Codable {
    package var leg: Int?
    package var outcome: Outcome
    package var result: String
    package var evidence: String

    package init(leg: Int? = nil, outcome: Outcome, result: String, evidence: String) {
      self.leg = leg
      self.outcome = outcome
      self.result = result
      self.evidence = evidence
    }
  }

  /// A rung of the ladder was climbed, by time or by hand.
  package struct Climbed: Hashable, Sendable, Codable {
    /// The code of the rung; nil for an order drafted by hand.
    package var rung: String?
    package var on: Rung.Cause?
    package var leg: Int?
    package var milestone: MilestoneKind?
    package var step: Int?
    /// The day the milestone was due.
    package var due: Day?
    package var text: String?

    package init(
      rung: String? = nil, on: Rung.Cause? = nil, leg: Int?, milestone: MilestoneKind? = nil,
      step: Int? = nil, due: Day? = nil, text: String? = nil
    ) {
      (self.rung, self.on, self.leg) = (rung, on, leg)
      (self.milestone, self.step, self.due, self.text) = (milestone, step, due, text)
    }
  }
}

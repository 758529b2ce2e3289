/// Something that happened to a problem. Payloads go to the ledger as they are: fields are added,
/// never renamed or given a new meaning.
package enum ProblemEvent: Hashable, Sendable {
  package struct Registered: Hashable, Sendable, Codable {
    package var number: Int64
    package var track: Track
    package var title: String
    package var detail: String
    /// The village or township concerned, where it is in the unit tree.
    package var concernsUnit: UnitID?
    /// Whom it concerns, in words.
    package var concerns: String
    package var foundOn: Day

    package init(
      number: Int64, track: Track, title: String, detail: String, concernsUnit: UnitID?,
      concerns: String, foundOn: Day
    ) {
      self.number = number
      self.track = track
      self.title = title
      self.detail = detail
      self.concernsUnit = concernsUnit
      self.concerns = concerns
      self.foundOn = foundOn
    }
  }
  package struct Declined: Hashable, Sendable, Codable {
    package var reason: String
    /// The legal way to go instead.
    package var instead: String

    package init(reason: String, instead: String) {
      self.reason = reason
      self.instead = instead
    }
  }
  package struct Judged: Hashable, Sendable, Codable {
    package var category: String
    package var difficulty: Difficulty
    package var note: String

    package init(category: String, difficulty: Difficulty, note: String) {
      self.category = category
      self.difficulty = difficulty
      self.note = note
    }
  }
  package struct Assigned: Hashable, Sendable, Codable {
    package struct Due: Hashable, Sendable, Codable {
      /// A day passed over, with the holiday it belongs to; nil for a plain weekend.
      package struct Skipped: Hashable, Sendable, Codable {
        package let day: Day
        package let holiday: String?
      }

      package let milestone: MilestoneKind
      package let budget: Budget
      package let day: Day
      package let instant: Instant
      /// When the lamp turns yellow.
      package let yellow: Instant
      /// The day before roll-over, and the days passed over: issued dates explain themselves even
      /// after the calendar was corrected.
      package let nominal: Day
      package let skipped: [Skipped]
      package let isProvisional: Bool

      package init(_ milestone: ClockRule.Milestone, _ date: DueDate) {
        self.milestone = milestone.kind
        budget = milestone.budget
        day = date.day
        instant = date.instant
        yellow = date.yellow
        nominal = date.nominal
        skipped = date.skipped.map { skipped in
          if case .rest(.holiday(let name)) = skipped.reason {
            Skipped(day: skipped.day, holiday: name)
          } else {
            Skipped(day: skipped.day, holiday: nil)
          }
        }
        isProvisional = date.isProvisional
      }
    }
    package var unit: UnitID
    package var rule: String
    package var ruleVersion: Int
    package var due: [Due]
    package var note: String

    package init(unit: UnitID, rule: String, ruleVersion: Int, due: [Due], note: String) {
      self.unit = unit
      self.rule = rule
      self.ruleVersion = ruleVersion
      self.due = due
      self.note = note
    }
  }
  package struct Told: Hashable, Sendable, Codable {
    package var text: String

    package init(text: String) {
      self.text = text
    }
  }
  package struct Claimed: Hashable, Sendable, Codable {
    package var outcome: Outcome
    package var result: String
    package var evidence: String

    package init(outcome: Outcome, result: String, evidence: String) {
      self.outcome = outcome
      self.result = result
      self.evidence = evidence
    }
  }
  package struct ReturnVisited: Hashable, Sendable, Codable {
    /// Nil where the asker gave none: never taken for satisfied.
    package var rating: Rating?
    package var text: String

    package init(rating: Rating?, text: String) {
      self.rating = rating
      self.text = text
    }
  }

  case registered(Registered)
  case accepted
  case declined(Declined)
  case judged(Judged)
  case assigned(Assigned)
  case acknowledged
  case feedback(Told)
  case claimed(Claimed)
  /// The check found the claim true.
  case verified(Told)
  /// The check found the claim untrue.
  case verificationFailed(Told)
  case returnVisited(ReturnVisited)
  /// The next round begins with the same handler and clocks anew; the old round stays as it was.
  case redone(Assigned)
  case closed
}

extension ProblemEvent {
  /// The lead handler's leg, and those of the others beside it.
  package struct Assigned: Hashable, Sendable, Codable {
    package var unit: UnitID
    package var rule: String
    package var ruleVersion: Int
    package var due: [Due]
    package var note: String
    /// Why a department's work goes to a township (dispatch guard); nil where it does not.
    package var pushedDown: String?
    /// Whether that is the lead handler's work; nil in entries that know of no other.
    package var isLeadPushedDown: Bool?
    package var others: [Other]?

    package init(
      unit: UnitID, rule: String, ruleVersion: Int, due: [Due], note: String,
      pushedDown: String? = nil, isLeadPushedDown: Bool? = nil, others: [Other]? = nil
    ) {
      self.unit = unit
      self.rule = rule
      self.ruleVersion = ruleVersion
      self.due = due
      self.note = note
      self.pushedDown = pushedDown
      self.isLeadPushedDown = isLeadPushedDown
      self.others = others
    }

    package struct Other: Hashable, Sendable, Codable {
      package var role: LegRole
      package var unit: UnitID?
      package var official: OfficialID?
      package var due: [Due]
      package var isPushedDown: Bool?

      package init(
        role: LegRole, unit: UnitID?, official: OfficialID?, due: [Due],
        isPushedDown: Bool? = nil
      ) {
        (self.role, self.unit, self.official, self.due) = (role, unit, official, due)
        self.isPushedDown = isPushedDown
      }
    }
  }

  /// A milestone's date as it was issued.
  package struct Due: Hashable, Sendable, Codable {
    /// A day passed over, with the holiday it belongs to; nil for a plain weekend.
    package struct Skipped: Hashable, Sendable, Codable {
      package let day: Day
      package let holiday: String?
    }

    package let milestone: MilestoneKind
    /// Numbers the steps of a plan from 1; nil for other milestones.
    package var step: Int?
    package let budget: Budget
    /// From when the budget counts, where it is not the assignment.
    package var start: Instant?
    package let day: Day
    package let instant: Instant
    /// When the lamp turns yellow.
    package let yellow: Instant
    /// The day before roll-over, and the days passed over: issued dates explain themselves even
    /// after the calendar was corrected.
    package let nominal: Day
    package let skipped: [Skipped]
    package let isProvisional: Bool
  }
}

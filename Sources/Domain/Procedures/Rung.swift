/// A step of the ladder on which urging climbs: what makes it due, after how long, and what it does.
package struct Rung: Hashable, Sendable, Codable {
  package enum Cause: String, Hashable, Sendable, Codable {
    /// A milestone's lamp turned yellow.
    case yellow
    /// A milestone was missed.
    case missed
    /// An urging order went out, and neither did the milestone come nor an approved extension.
    case urged
    /// The tier's time is over.
    case tierOver = "tier_over"
    /// The day on which a shelved problem is to be looked at again.
    case reviewDue = "review_due"
    /// A verdict of the asker: 不满意.
    case dissatisfied
    /// A look-back found it not solved.
    case lookBackFailed = "look_back_failed"

    /// Whether it comes with time, not with what somebody does.
    package var isTimed: Bool { self != .dissatisfied && self != .lookBackFailed }
  }

  package enum Deed: String, Hashable, Sendable, Codable {
    /// Reminds whoever has to act.
    case remind
    /// 催办单
    case urge
    /// 问效建议单, always a draft for the office director.
    case accountability
  }

  package enum Issue: String, Hashable, Sendable, Codable {
    case automatic
    /// A draft that the office approves.
    case approval
  }

  /// Stable name within the ladder; the ledger keeps it.
  package let code: String
  package let on: Cause
  /// After the cause; at once where nothing is said.
  package let wait: Budget?
  /// For verdicts: the how-manieth one.
  package let times: Int?
  package let act: Deed
  package let issue: Issue?
  /// Only for these milestones; for all where nothing is said.
  package let milestones: [MilestoneKind]?
}

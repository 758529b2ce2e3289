/// The words of the field for a problem (DOMAIN.md 2, 5). Raw values are stored and sent: never
/// renamed.

/// Which campaign procedure a problem runs under 轨道.
package enum Track: String, Sendable, Codable, CaseIterable {
  case enterprise, village
}

package enum Difficulty: String, Sendable, Codable, CaseIterable {
  /// 一般
  case general
  /// 个性: one enterprise's or village's own
  case individual
  /// 共性: shared by many
  case common
  /// 复杂: goes to a taskforce
  case complex
  /// 重大: studied by the government
  case major

  /// Whether the month applies instead of the week.
  package var isComplex: Bool { self == .complex || self == .major }
}

/// Where a problem stands in its current round.
package enum ProblemState: String, Sendable, Codable, CaseIterable {
  case registered, accepted, declined, judged, assigned, acknowledged
  case inProgress = "in_progress"
  case claimed, verified
  case returnVisited = "return_visited"
  case closed

  package var isEnded: Bool { self == .closed || self == .declined }
}

/// What came of a round 办理结果.
package enum Outcome: String, Sendable, Codable, CaseIterable {
  case solved, partly, explained, planned, shelved, transferred, declined

  /// What a handler may claim by itself. The others need an approver or a date, and come with them.
  package static let claimable: [Outcome] = [.solved, .partly, .explained]
}

/// How the asker rates a round 评价. No answer is none of these.
package enum Rating: String, Sendable, Codable, CaseIterable {
  case satisfied
  case basicallySatisfied = "basically_satisfied"
  case dissatisfied
}

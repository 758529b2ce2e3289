/// The words of the field for a problem (DOMAIN.md 2, 5). Raw values are stored and sent: never
/// renamed.

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
  case claimed, verified, evaluated
  case returnVisited = "return_visited"
  case closed
  /// 并案: it goes on as part of its master.
  case merged
  /// 挂账: cannot be solved now.
  case shelved
  /// 移交: with a court, discipline, the petitions office…
  case referred

  /// Nothing more is due.
  package var isEnded: Bool { self == .closed || self == .declined || self == .merged }

  /// A handler has it.
  package var isRunning: Bool {
    self == .assigned || self == .acknowledged || self == .inProgress
  }
}

/// What came of a round 办理结果.
package enum Outcome: String, Sendable, Codable, CaseIterable {
  case solved, partly, explained, planned, shelved, transferred, declined
}

/// How the asker rates a round 评价. No answer is none of these.
package enum Rating: String, Sendable, Codable, CaseIterable {
  case satisfied
  case basicallySatisfied = "basically_satisfied"
  case dissatisfied
}

/// What a leg of an assignment is for.
package enum LegRole: String, Sendable, Codable, CaseIterable {
  /// 主办
  case lead
  /// 协办: answers the lead handler.
  case coHandler = "co_handler"
  /// The line of the official in charge of the village (双交办).
  case official
}

/// Why a leg ended without a result.
package enum Withdrawal: String, Sendable, Codable, CaseIterable {
  /// The office upheld the handler's objection.
  case objection
  /// The problem went up a tier.
  case escalation
  case shelving, referral, merging
  /// The lead handler's claim came without the co-handler's answer.
  case overtaken
  /// The office took it back.
  case office
  /// The lead handler's leg ended: the next assignment gives everybody new orders.
  case leadLeft = "lead_left"
}

/// Why a problem cannot be solved now 挂账.
package enum ShelvingReason: String, Sendable, Codable, CaseIterable {
  /// 政策限制
  case policy
  /// 资金不足
  case funds
  /// 上级权限
  case higherLevel = "higher_level"
  /// 历史遗留
  case legacy
  /// 季节或工期
  case season
  case other
}

/// The lane of a problem that is not the campaign's to solve 移交.
package enum Lane: String, Sendable, Codable, CaseIterable {
  /// 司法: courts, procuratorate, police
  case legal
  /// 纪检监察
  case discipline
  /// 信访
  case petitions
  /// 移交上级: up a link, to the platform of the next level
  case superior
  case other
}

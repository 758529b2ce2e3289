import Domain

/// Which column of `problem_spans` says what of a problem.
enum SpanColumns {
  static func column(_ milestone: Milestone) -> String {
    switch milestone {
    case .found: "s.found_at"
    case .registered: "s.registered_at"
    case .accepted: "s.accepted_at"
    case .declined: "s.declined_at"
    case .judged: "s.judged_at"
    case .assigned: "s.assigned_at"
    case .due: "s.due_at"
    case .yellow: "s.yellow_at"
    case .acknowledged: "s.acknowledged_at"
    case .feedback: "s.feedback_at"
    case .objected: "s.objected_at"
    case .extended: "s.extended_at"
    case .suspended: "s.suspended_at"
    case .claimed: "s.claimed_at"
    case .verified: "s.verified_at"
    case .failed: "s.failed_at"
    case .evaluated: "s.evaluated_at"
    case .closed: "s.closed_at"
    case .lookedBack: "s.looked_back_at"
    case .merged: "s.merged_at"
    case .shelved: "s.shelved_at"
    case .referred: "s.referred_at"
    case .paired: "s.paired_at"
    case .contacted: "s.contacted_at"
    }
  }

  /// The milestone from which on the column of an attribute holds; nil where it always does.
  static func since(_ attribute: Attribute) -> String? {
    switch attribute {
    case .category: "coalesce(s.judged_at, s.registered_at)"
    case .difficulty: "s.judged_at"
    case .tier: "s.tier_since"
    case .outcome: "s.claimed_at"
    case .rating: "s.evaluated_at"
    case .pushedDown: "s.assigned_at"
    case .lookBack: "s.looked_back_at"
    case .track, .origin, .round, .batch, .lamp, .kind: nil
    }
  }

  static func column(_ attribute: Attribute) -> String {
    switch attribute {
    case .track: "s.track"
    case .category: "s.category"
    case .difficulty: "s.difficulty"
    case .tier: "s.tier"
    case .origin: "s.origin"
    case .outcome: "s.outcome"
    case .rating: "s.rating"
    case .round: "s.round"
    case .batch: "case when s.batch_id is not null then 'yes' end"
    case .lookBack: "s.look_back"
    case .pushedDown: "s.pushed_down"
    case .kind: "s.kind"
    case .lamp: ""
    }
  }
}

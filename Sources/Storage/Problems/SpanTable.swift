import Domain

extension ProblemTables {
  /// A row for each stretch of a problem's life (`Problem.Span`).
  static let spans = DerivedTable(
    "problem_spans", key: ["problem_id", "span"],
    columns: [
      "county_id", "from_at", "begins_at", "to_at", "found_at", "closed_at", "claimed_at",
      "assigned_at", "due_at", "ends_round", "track", "outcome", "merged_at", "declined_at",
      "category", "judged_at", "round", "rating", "evaluated_at", "shelved_at", "suspended_at",
      "unit_id", "township_id", "village_id", "origin", "tier", "tier_since", "difficulty",
      "feedback_at", "yellow_at", "registered_at", "accepted_at", "acknowledged_at",
      "objected_at", "extended_at", "verified_at", "failed_at", "looked_back_at", "look_back",
      "referred_at", "batch", "pushed_down", "solving_hours", "feedback_hours",
    ]
  ) { problem, _ in
    let registration = problem.registration
    let area = registration.area
    let found = Instant(startOf: registration.foundOn)
    return problem.spans.enumerated().map { index, span in
      let facts = span.facts
      let looked = facts.lookBackPassed.map { $0 ? "passed" : "failed" }
      return [
        problem.id, index + 1, area?.county?.value ?? 0, span.from,
        index == 0 ? min(found, span.from) : span.from, span.to, found, facts.closedAt,
        facts.claimedAt, facts.assignedAt, facts.dueAt, span.endsRound, registration.track,
        facts.outcome, facts.mergedAt, facts.declinedAt, facts.category, facts.judgedAt,
        facts.round, facts.rating, facts.evaluatedAt, facts.shelvedAt, facts.suspendedAt,
        facts.unit, area?.township, area?.village, registration.origin, facts.tier, facts.tierSince,
        facts.difficulty, facts.feedbackAt, facts.yellowAt, problem.registeredAt,
        facts.acceptedAt, facts.acknowledgedAt, facts.objectedAt, facts.extendedAt,
        facts.verifiedAt, facts.failedAt, facts.lookedBackAt, looked, facts.referredAt,
        facts.batch.map { _ in "yes" }, facts.pushedDown == true ? "yes" : nil,
        hours(from: found, to: facts.closedAt),
        facts.assignedAt.flatMap { hours(from: $0, to: facts.feedbackAt) },
      ]
    }
  }

  /// Whole hours, so that quantiles can ride an index.
  private static func hours(from: Instant, to: Instant?) -> Int64? {
    to.map { max(0, $0 - from) / 3600 }
  }
}

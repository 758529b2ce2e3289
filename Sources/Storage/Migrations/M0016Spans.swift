extension Migration {
  /// What figures are counted from. Problems are marked so that their rows are made anew from the ledger.
  static let spans = Migration(
    number: 16, name: "spans",
    script: """
      -- Columns that most figures look at come first.
      create table problem_spans (
        problem_id {integer} not null references problems (id),
        span {integer} not null check (span > 0),
        from_at {integer} not null,
        begins_at {integer} not null,
        to_at {integer},
        found_at {integer} not null,
        closed_at {integer},
        claimed_at {integer},
        assigned_at {integer},
        due_at {integer},
        ends_round {integer} not null check (ends_round in (0, 1)),
        track text not null,
        outcome text,
        merged_at {integer},
        declined_at {integer},
        category text,
        judged_at {integer},
        round {integer} not null,
        rating text,
        evaluated_at {integer},
        shelved_at {integer},
        suspended_at {integer},
        unit_id {integer},
        county_id {integer},
        township_id {integer},
        village_id {integer},
        origin text,
        tier text,
        tier_since {integer},
        difficulty text,
        feedback_at {integer},
        yellow_at {integer},
        registered_at {integer} not null,
        accepted_at {integer},
        acknowledged_at {integer},
        objected_at {integer},
        extended_at {integer},
        verified_at {integer},
        failed_at {integer},
        looked_back_at {integer},
        look_back text,
        referred_at {integer},
        batch_id {integer},
        pushed_down text,
        primary key (problem_id, span)
      ) {clustered};

      update problems set since = null;
      """)
}

extension Migration {
  /// What figures are counted from. Problems are marked so that their rows are made anew from the ledger.
  static let spans = Migration(
    number: 16, name: "spans",
    script: """
      -- Together by county, since most figures are asked for by county: no sorting, few pages. 0 where
      -- nobody knows the county. Columns that most figures look at come first.
      create table problem_spans (
        county_id {integer} not null,
        problem_id {integer} not null references problems (id),
        span {integer} not null,
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
        batch text,
        pushed_down text,
        solving_hours {integer},
        feedback_hours {integer},
        primary key (county_id, problem_id, span)
      ) {clustered};
      create unique index problem_spans_problem on problem_spans (problem_id, span);
      create index problem_spans_unit on problem_spans (unit_id, problem_id) where unit_id is not null;
      create index problem_spans_due on problem_spans (due_at) where due_at is not null;

      update problems set since = null;
      """)
}

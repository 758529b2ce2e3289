extension Migration {
  static let orders = Migration(
    number: 6, name: "orders",
    script: """
      -- The last number of each series and year. A row and not a sequence: an issue that is rolled
      -- back must leave no gap.
      create table order_numbers (
        series text {binary} not null,
        year {integer} not null,
        last {integer} not null check (last > 0),
        primary key (series, year)
      ) {strict};

      create table orders (
        id {integer} primary key,
        version {integer} not null check (version > 0),
        kind text not null check (kind in ('assignment', 'urging', 'accountability', 'referral')),
        state text not null check (state in ('draft', 'issued', 'discarded', 'revoked')),
        track text not null,
        series text {binary} not null,
        year {integer},
        number {integer} check (number > 0),
        problem_id {integer} not null references problems (id),
        round {integer} not null,
        leg {integer} not null,
        title text not null check (title <> ''),
        addressee text not null check (addressee <> ''),
        unit_id {integer} references units (id),
        drafted_at {integer},
        drafted_by text,
        issued_at {integer},
        issued_by text,
        review_by {integer},
        review_requested_at {integer},
        review_decided_at {integer},
        review_decision text check (review_decision in ('upheld', 'withdrawn')),
        discarded_at {integer},
        revoked_at {integer},
        revoked_by {integer} references orders (id),
        revokes {integer} references orders (id),
        content text not null,
        unique (series, year, number),
        check ((number is null) = (issued_at is null) and (year is null) = (issued_at is null)),
        check ((state in ('issued', 'revoked')) = (issued_at is not null)),
        check ((state = 'revoked') = (revoked_by is not null))
      ) {strict};
      create index orders_problem on orders (problem_id, id);
      create index orders_unit on orders (unit_id, id) where issued_at is not null;
      create index orders_kind on orders (kind, id);
      create index orders_drafts on orders (id) where state = 'draft';
      """)
}

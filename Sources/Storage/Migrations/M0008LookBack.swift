extension Migration {
  static let lookBack = Migration(
    number: 8, name: "look-back",
    script: """
      create table look_backs (
        id {integer} primary key,
        from_day {integer} not null,
        to_day {integer} not null check (to_day >= from_day),
        track text,
        unit_id {integer} references units (id),
        share text not null,
        root {bytes} not null,
        size {integer} not null check (size > 0),
        population {integer} not null check (population > 0),
        population_digest {bytes} not null,
        drawn_at {integer} not null,
        drawn_by text not null
      ) {strict};
      -- One draw of a period: who could draw again would draw until it suits.
      create unique index look_backs_scope
        on look_backs (from_day, to_day, coalesce(track, ''), coalesce(unit_id, 0));

      create table look_back_items (
        look_back_id {integer} not null references look_backs (id),
        problem_id {integer} not null references problems (id),
        number {integer} not null,
        rank {integer} not null check (rank > 0),
        passed {integer} check (passed in (0, 1)),
        checked_at {integer},
        primary key (look_back_id, problem_id),
        check ((passed is null) = (checked_at is null))
      ) {strict};
      create index look_back_items_open on look_back_items (problem_id) where passed is null;
      """)
}

extension Migration {
  /// Who is in charge of which enterprise, township and village; the plans that said so; and notices of
  /// other things than problems.
  static let pairing = Migration(
    number: 14, name: "pairing",
    script: """
      create table pairing_plans (
        id {integer} primary key,
        version {integer} not null check (version > 0),
        track text not null check (track in ('enterprise', 'village')),
        kind text not null check (kind in ('plan', 'repair')),
        status text not null check (status in ('draft', 'adopted', 'discarded')),
        rules text not null,
        rules_version {integer} not null,
        -- Hex SHA-256 of the pairs and what they were computed from.
        digest text not null,
        computed_at {integer} not null,
        cost {integer} not null,
        -- No pairing under these rules costs less.
        bound {integer} not null,
        pairs {integer} not null,
        changed {integer} not null,
        begins {integer}
      ) {strict};
      create index pairing_plans_track on pairing_plans (track, id);

      -- What is shown of a plan; follows from what it was computed from, and is gone when it is discarded.
      create table pairing_plan_details (
        plan_id {integer} primary key references pairing_plans (id),
        figures text not null,
        rules text not null,
        potentials {bytes} not null
      ) {strict};
      create table pairing_plan_pairs (
        plan_id {integer} not null references pairing_plans (id),
        number {integer} not null,
        role text not null check (role in ('charge', 'link')),
        official_id {integer} not null,
        enterprise_id {integer},
        unit_id {integer},
        county_id {integer},
        change text not null check (change in ('kept', 'new', 'replaced', 'ended')),
        previous_id {integer},
        cost {integer} not null,
        reasons text not null,
        primary key (plan_id, number),
        check ((enterprise_id is null) <> (unit_id is null))
      ) {strict};
      create index pairing_plan_pairs_change on pairing_plan_pairs (plan_id, change, number);
      create index pairing_plan_pairs_county
        on pairing_plan_pairs (plan_id, county_id, change, number);
      create index pairing_plan_pairs_official on pairing_plan_pairs (plan_id, official_id);

      create table pairings (
        id {integer} primary key,
        version {integer} not null check (version > 0),
        track text not null check (track in ('enterprise', 'village')),
        role text not null check (role in ('charge', 'link')),
        official_id {integer} not null references officials (id),
        enterprise_id {integer} references enterprises (id),
        unit_id {integer} references units (id),
        begins {integer} not null,
        -- The first day it no longer holds; its first day where it never came to hold.
        ends {integer} check (ends >= begins),
        cause text not null,
        plan_id {integer} references pairing_plans (id),
        reasons text,
        check ((enterprise_id is null) <> (unit_id is null)),
        check ((track = 'enterprise') = (enterprise_id is not null))
      ) {strict};
      create unique index pairings_open_enterprise on pairings (enterprise_id, official_id)
        where ends is null and enterprise_id is not null;
      create unique index pairings_open_unit on pairings (unit_id, official_id, role)
        where ends is null and unit_id is not null;
      create index pairings_enterprise on pairings (enterprise_id, begins)
        where enterprise_id is not null;
      create index pairings_unit on pairings (unit_id, begins) where unit_id is not null;
      create index pairings_official on pairings (official_id, begins);
      create index pairings_open on pairings (track, id) where ends is null;

      -- What every plan keeps to: pairs that stay, and pairs that must never be.
      create table pairing_marks (
        id {integer} primary key,
        version {integer} not null check (version > 0),
        kind text not null check (kind in ('fixed', 'excluded')),
        role text not null check (role in ('charge', 'link')),
        official_id {integer} not null references officials (id),
        enterprise_id {integer} references enterprises (id),
        unit_id {integer} references units (id),
        reason text not null,
        note text,
        status text not null check (status in ('open', 'lifted')),
        check ((enterprise_id is null) <> (unit_id is null))
      ) {strict};
      create unique index pairing_marks_enterprise
        on pairing_marks (official_id, enterprise_id, role)
        where status = 'open' and enterprise_id is not null;
      create unique index pairing_marks_unit on pairing_marks (official_id, unit_id, role)
        where status = 'open' and unit_id is not null;
      create index pairing_marks_open on pairing_marks (id) where status = 'open';

      -- Problems that are not done, by whom they concern, without reading the others.
      create index problems_open_enterprise on problems (concerns_enterprise_id, category)
        where concerns_enterprise_id is not null
          and state not in ('closed', 'declined', 'merged', 'referred');
      create index problems_open_unit on problems (concerns_unit_id, category)
        where concerns_unit_id is not null
          and state not in ('closed', 'declined', 'merged', 'referred');

      -- A notice is of a problem, an enterprise or a unit.
      create table notices_of_anything (
        account_id {integer} not null references accounts (id),
        id {integer} not null,
        kind text not null,
        problem_id {integer},
        enterprise_id {integer},
        unit_id {integer},
        order_id {integer},
        at {integer} not null,
        visible_at {integer} not null,
        bundle text not null,
        read_at {integer},
        primary key (account_id, id)
      ) {strict};
      insert into notices_of_anything (
        account_id, id, kind, problem_id, order_id, at, visible_at, bundle, read_at)
      select account_id, id, kind, problem_id, order_id, at, visible_at, bundle, read_at
      from notices;
      drop table notices;
      alter table notices_of_anything rename to notices;
      create index notices_unread on notices (account_id, visible_at, id) where read_at is null;
      create index notices_read on notices (account_id, visible_at, id)
        where read_at is not null;
      create index notices_problem on notices (account_id, problem_id)
        where read_at is null and problem_id is not null;
      create index notices_old on notices (read_at) where read_at is not null;
      """)
}

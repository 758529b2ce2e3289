extension Migration {
  /// Legs, tasks and timers beside the rounds; the rows of what is there are made anew from the ledger
  /// (`ProblemRows.rebuild`) when the database is opened next.
  static let loop = Migration(
    number: 5, name: "loop",
    script: """
      alter table accounts add column official_id {integer} references officials (id);

      alter table problems add column since {integer};
      alter table problems add column registered_by text;
      create index problems_registered_by on problems (registered_by, id);
      alter table problems add column tier text;
      alter table problems add column tier_since {integer};
      alter table problems add column tier_due_at {integer};
      alter table problems add column concerns_enterprise_id {integer} references enterprises (id);
      alter table problems add column master_id {integer} references problems (id);
      alter table problems add column split_from {integer} references problems (id);
      alter table problems add column batch_id {integer};
      alter table problems add column review_on {integer};
      alter table problems add column lane text;
      create index problems_master on problems (master_id) where master_id is not null;
      create index problems_split on problems (split_from) where split_from is not null;
      create index problems_batch on problems (batch_id, id) where batch_id is not null;
      create index problems_enterprise on problems (concerns_enterprise_id, id)
        where concerns_enterprise_id is not null;
      create index problems_tier on problems (tier, id) where tier is not null;
      create index problems_unbuilt on problems (id) where since is null;

      drop table problem_milestones;
      drop table problem_rounds;

      create table problem_rounds (
        problem_id {integer} not null references problems (id),
        round {integer} not null check (round > 0),
        unit_id {integer} references units (id),
        rule text not null,
        rule_version {integer} not null,
        assigned_at {integer} not null,
        due_at {integer},
        acknowledged_at {integer},
        first_feedback_at {integer},
        claimed_at {integer},
        outcome text,
        verified_at {integer},
        verified_by text,
        verification_failed_at {integer},
        evaluated_at {integer},
        return_visited_at {integer},
        rating text,
        closed_at {integer},
        looked_back_at {integer},
        look_back_passed {integer} check (look_back_passed in (0, 1)),
        reopened_at {integer},
        taken_over {integer} not null check (taken_over in (0, 1)),
        primary key (problem_id, round),
        -- Struck off only through verification by somebody; what was taken over had its own.
        check (closed_at is null or verified_by is not null or taken_over = 1)
      ) {strict};
      create index problem_rounds_due on problem_rounds (due_at) where due_at is not null;
      create index problem_rounds_closed on problem_rounds (closed_at)
        where closed_at is not null;

      create table problem_legs (
        problem_id {integer} not null,
        leg {integer} not null check (leg > 0),
        round {integer} not null,
        role text not null,
        unit_id {integer} references units (id),
        official_id {integer} references officials (id),
        assigned_at {integer} not null,
        acknowledged_at {integer},
        first_feedback_at {integer},
        answered_at {integer},
        withdrawn_at {integer},
        withdrawal text,
        objected_at {integer},
        objection_upheld {integer},
        extension_approved {integer},
        suspended_at {integer},
        urgings {integer} not null,
        pushed_down {integer} not null check (pushed_down in (0, 1)),
        primary key (problem_id, leg),
        foreign key (problem_id, round) references problem_rounds (problem_id, round),
        check ((unit_id is null) <> (official_id is null))
      ) {strict};
      create index problem_legs_unit on problem_legs (unit_id, problem_id)
        where unit_id is not null;
      create index problem_legs_official on problem_legs (official_id, problem_id)
        where official_id is not null;

      create table problem_dues (
        problem_id {integer} not null,
        leg {integer} not null,
        milestone text not null,
        step {integer} not null,
        budget text not null,
        due_on {integer} not null,
        due_at {integer} not null,
        yellow_at {integer} not null,
        provisional {integer} not null check (provisional in (0, 1)),
        met_at {integer},
        -- Its leg ended without it.
        ended_at {integer},
        primary key (problem_id, leg, milestone, step)
      ) {strict};
      create index problem_dues_open on problem_dues (due_at)
        where met_at is null and ended_at is null;

      create table problem_sources (
        problem_id {integer} not null references problems (id),
        ordinal {integer} not null,
        channel text not null,
        number text {binary} not null,
        primary key (problem_id, ordinal)
      ) {strict};
      create index problem_sources_number on problem_sources (number);

      -- What somebody has to do now; order_at is when it is due, or since when it waits.
      create table problem_tasks (
        problem_id {integer} not null references problems (id),
        task text not null,
        leg {integer} not null,
        office {integer} not null check (office in (0, 1)),
        unit_id {integer},
        official_id {integer},
        from_at {integer} not null,
        due_at {integer},
        yellow_at {integer},
        order_at {integer} not null,
        primary key (problem_id, task, leg)
      ) {strict};
      create index problem_tasks_office on problem_tasks (order_at, problem_id, task, leg)
        where office = 1;
      create index problem_tasks_unit on problem_tasks (unit_id, order_at, problem_id, task, leg)
        where unit_id is not null;
      create index problem_tasks_official
        on problem_tasks (official_id, order_at, problem_id, task, leg)
        where official_id is not null;

      create table problem_timers (
        problem_id {integer} not null references problems (id),
        rung text not null,
        leg {integer} not null,
        milestone text not null,
        step {integer} not null,
        at {integer} not null,
        leased_until {integer},
        tries {integer} not null default 0,
        primary key (problem_id, rung, leg, milestone, step)
      ) {strict};
      create index problem_timers_at on problem_timers (at, problem_id);

      -- What tasks and timers were computed with: the calendar and the procedures.
      create table problem_rules (
        id {integer} primary key check (id = 1),
        stamp text not null
      ) {strict};

      create table evaluation_links (
        token_hash {bytes} primary key,
        problem_id {integer} not null references problems (id),
        round {integer} not null,
        created_at {integer} not null,
        expires_at {integer} not null,
        used_at {integer}
      ) {strict};
      create index evaluation_links_problem on evaluation_links (problem_id, round);

      create table batches (
        id {integer} primary key,
        version {integer} not null,
        track text not null,
        title text not null,
        cause text not null,
        answer text,
        outcome text,
        opened_at {integer} not null,
        answered_at {integer},
        closed_at {integer}
      ) {strict};
      create index batches_open on batches (id) where closed_at is null;
      """)
}

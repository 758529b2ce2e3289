extension Migration {
  static let initialSchema = Migration(
    number: 1, name: "initial schema",
    script: """
      create table ledger (
        id {integer} primary key,
        stream text {binary} not null,
        version {integer} not null check (version > 0),
        at {integer} not null,
        actor text not null,
        kind text not null,
        payload text not null,
        leaf_hash {bytes} not null,
        leaf_index {integer} unique check (leaf_index >= 0),
        unique (stream, version)
      ) {strict};
      create index ledger_pending on ledger (id) where leaf_index is null;

      create table ledger_heads (
        size {integer} primary key check (size > 0),
        root {bytes} not null,
        at {integer} not null
      ) {strict};
      create table ledger_frontier (
        id {integer} primary key check (id = 1),
        size {integer} not null,
        frontier {bytes} not null
      ) {strict};

      create table units (
        id {integer} primary key,
        parent_id {integer} references units (id),
        kind text not null,
        level text not null,
        name text {binary} not null check (name <> ''),
        path text {binary} not null unique,
        valid_from {integer} not null,
        valid_to {integer} check (valid_to > valid_from)
      ) {strict};
      create unique index units_sibling_name on units (parent_id, name) where valid_to is null;
      create index units_name on units (name);

      create table unit_division_codes (
        code text {binary} primary key,
        unit_id {integer} not null references units (id)
      ) {strict};
      create index unit_division_codes_unit on unit_division_codes (unit_id);

      create table accounts (
        id {integer} primary key,
        username text unique,
        name text not null,
        role text not null,
        unit_id {integer} references units (id),
        password_hash text,
        created_at {integer} not null,
        check ((username is null) = (password_hash is null))
      ) {strict};

      create table invitations (
        token_hash {bytes} primary key,
        account_id {integer} not null references accounts (id),
        expires_at {integer} not null,
        used_at {integer}
      ) {strict};

      create table sessions (
        token_hash {bytes} primary key,
        account_id {integer} not null references accounts (id),
        created_at {integer} not null,
        expires_at {integer} not null
      ) {strict};
      create index sessions_expiry on sessions (expires_at);

      create table problems (
        id {integer} primary key,
        version {integer} not null,
        number {integer} not null unique,
        track text not null,
        title text not null check (title <> ''),
        detail text not null,
        concerns text not null,
        concerns_unit_id {integer} references units (id),
        found_on {integer} not null,
        registered_at {integer} not null,
        accepted_at {integer},
        declined_at {integer},
        judged_at {integer},
        state text not null,
        category text,
        difficulty text,
        unit_id {integer} references units (id),
        round {integer} not null,
        assigned_at {integer},
        due_at {integer},
        yellow_at {integer},
        outcome text,
        import_key {bytes} unique
      ) {strict};
      create index problems_category on problems (category, id);
      create index problems_difficulty on problems (difficulty, id);
      create index problems_unit on problems (unit_id, id);
      -- Last: of two that fit equally SQLite takes the one made last, and this narrows most.
      create index problems_state on problems (state, id);
      create index problems_due on problems (due_at, id) where due_at is not null;

      create table problem_rounds (
        problem_id {integer} not null references problems (id),
        round {integer} not null check (round > 0),
        unit_id {integer} not null references units (id),
        rule text not null,
        rule_version {integer} not null,
        assigned_at {integer} not null,
        acknowledged_at {integer},
        first_feedback_at {integer},
        claimed_at {integer},
        outcome text,
        verified_at {integer},
        verification_failed_at {integer},
        return_visited_at {integer},
        rating text,
        closed_at {integer},
        primary key (problem_id, round)
      ) {strict};

      create table problem_milestones (
        problem_id {integer} not null,
        round {integer} not null,
        milestone text not null,
        budget text not null,
        due_on {integer} not null,
        due_at {integer} not null,
        provisional {integer} not null check (provisional in (0, 1)),
        met_at {integer},
        primary key (problem_id, round, milestone),
        foreign key (problem_id, round) references problem_rounds (problem_id, round)
      ) {strict};
      create index problem_milestones_open on problem_milestones (due_at) where met_at is null;
      """,
    only: [
      .sqlite: """
      create table counters (
        name text primary key,
        value integer not null
      ) strict;
      """,
      .postgres: "create sequence problem_number",
    ])
}

extension Migration {
  static let registers = Migration(
    number: 3, name: "registers",
    script: """
      -- Since when a unit has been as its row says; what it was before is in unit_history.
      alter table units add column since {integer} not null default 0;
      update units set since = valid_from;
      -- The unit that stands for one that was merged away.
      alter table units add column successor_id {integer} references units (id);
      create index units_successor on units (successor_id) where successor_id is not null;

      create table unit_history (
        unit_id {integer} not null references units (id),
        from_day {integer} not null,
        to_day {integer} not null check (to_day > from_day),
        parent_id {integer} references units (id),
        name text {binary} not null,
        primary key (unit_id, from_day)
      ) {strict};
      create index unit_history_parent on unit_history (parent_id, to_day);
      create index problems_concerns on problems (concerns_unit_id, id)
        where concerns_unit_id is not null;

      create table unit_codes (
        code text {binary} not null,
        unit_id {integer} not null references units (id),
        valid_from {integer} not null,
        valid_to {integer} check (valid_to > valid_from),
        primary key (code, valid_from)
      ) {strict};
      insert into unit_codes (code, unit_id, valid_from)
      select c.code, c.unit_id, u.valid_from
      from unit_division_codes c
      join units u on u.id = c.unit_id;
      drop table unit_division_codes;
      create unique index unit_codes_current on unit_codes (code) where valid_to is null;
      create index unit_codes_unit on unit_codes (unit_id);

      create table officials (
        id {integer} primary key,
        version {integer} not null check (version > 0),
        person_id {integer} not null references person_keys (person_id),
        name text not null,
        unit_id {integer} not null references units (id),
        post text,
        rank text not null check (rank in ('bureau', 'county', 'section', 'other')),
        track text not null check (track in ('enterprise', 'village', 'both')),
        expertise text,
        home text,
        phone text,
        id_number text,
        status text not null check (status in ('serving', 'left', 'erased')),
        person_index {bytes} unique,
        phone_index {bytes},
        check (track <> 'both' or rank = 'bureau')
      ) {strict};
      create index officials_unit on officials (unit_id);
      create index officials_person on officials (person_id);
      create index officials_phone on officials (phone_index) where phone_index is not null;

      create table enterprises (
        id {integer} primary key,
        version {integer} not null check (version > 0),
        code text {binary},
        code_override text,
        name text {binary} not null check (name <> ''),
        former_names text,
        unit_id {integer} not null references units (id),
        industry text,
        statistical_kind text,
        is_key {integer} not null check (is_key in (0, 1)),
        scale text,
        status text not null check (status in ('normal', 'lost', 'zombie', 'deregistered')),
        merged_into {integer} references enterprises (id)
      ) {strict};
      create unique index enterprises_code on enterprises (code) where merged_into is null;
      create index enterprises_name on enterprises (name);
      create index enterprises_unit on enterprises (unit_id);
      create index enterprises_merged on enterprises (merged_into) where merged_into is not null;

      create table white_lists (
        id {integer} primary key,
        version {integer} not null check (version > 0),
        enterprise_id {integer} not null references enterprises (id),
        level text not null check (level in ('province', 'city', 'county')),
        issuer text,
        valid_from {integer} not null,
        valid_to {integer} check (valid_to > valid_from)
      ) {strict};
      create unique index white_lists_entry on white_lists (enterprise_id, level, valid_from);

      create table villages (
        id {integer} primary key references units (id),
        version {integer} not null check (version > 0),
        kind text not null
          check (kind in ('village', 'community', 'town', 'township', 'street', 'zone')),
        population {integer} check (population >= 0),
        households {integer} check (households >= 0),
        farmland {integer} check (farmland >= 0),
        collective_income {integer}
      ) {strict};

      create table contacts (
        id {integer} primary key,
        version {integer} not null check (version > 0),
        enterprise_id {integer} references enterprises (id),
        unit_id {integer} references units (id),
        person_id {integer} not null references person_keys (person_id),
        name text not null,
        post text,
        phone text,
        status text not null check (status in ('current', 'former', 'erased')),
        phone_index {bytes},
        check ((enterprise_id is null) <> (unit_id is null))
      ) {strict};
      create index contacts_enterprise on contacts (enterprise_id)
        where enterprise_id is not null;
      create index contacts_unit on contacts (unit_id) where unit_id is not null;
      create index contacts_person on contacts (person_id);
      create index contacts_phone on contacts (phone_index) where phone_index is not null;

      -- What can be found by its name; made from the registers and the tree, never the other way.
      create table search_entries (
        id {integer} primary key,
        kind text not null,
        unit_id {integer} not null,
        -- The unit's, so that a subtree is one range here too.
        path text {binary} not null,
        title text not null,
        former text,
        codes text,
        key text {binary} not null,
        terms {texts} not null
      ) {strict};
      create index search_entries_key on search_entries (key);
      create index search_entries_path on search_entries (path);
      """,
    only: [
      .sqlite: """
      create virtual table search_terms using fts5 (
        terms, content = 'search_entries', content_rowid = 'id', detail = none, columnsize = 0,
        tokenize = 'ascii');
      """,
      .postgres: """
      create index search_entries_terms on search_entries using gin (terms);
      """,
    ])
}

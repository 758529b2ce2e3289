extension Migration {
  /// Monthly comments on units.
  static let sheets = Migration(
    number: 18, name: "sheets",
    script: """
      create table sheets (
        id {integer} primary key,
        version {integer} not null check (version > 0),
        kind text not null check (kind in ('county', 'department')),
        -- 2022-12
        month text not null,
        edition {integer} not null check (edition > 0),
        supersedes {integer} references sheets (id),
        state text not null check (state in ('draft', 'preview', 'published')),
        formula_version {integer} not null,
        known_on {integer} not null,
        computed_at {integer} not null,
        objections_until {integer},
        objections {integer} not null,
        objections_open {integer} not null,
        published_at {integer},
        published_by text,
        -- Hex SHA-256 of the content's bytes.
        digest text,
        content text not null,
        check ((state = 'published') = (published_at is not null)),
        check ((published_at is null) = (digest is null))
      ) {strict};
      create unique index sheets_month on sheets (month, kind, edition);

      -- The units on a sheet: who may see it.
      create table sheet_units (
        sheet_id {integer} not null references sheets (id),
        unit_id {integer} not null references units (id),
        primary key (sheet_id, unit_id)
      ) {strict};
      create index sheet_units_unit on sheet_units (unit_id, sheet_id);
      """)
}

extension Migration {
  static let calendar = Migration(
    number: 4, name: "calendar",
    script: """
      -- The years whose table differs from the shipped one; each holds its whole table.
      create table calendar_years (
        year {integer} primary key check (year between 1949 and 2200),
        version {integer} not null check (version > 0),
        source text not null,
        -- The ledger's entry that made it so: servers see by the newest whether theirs is.
        entry_id {integer} not null
      ) {strict};

      create table calendar_days (
        year {integer} not null references calendar_years (year),
        day {integer} not null,
        name text not null check (name <> ''),
        off {integer} not null check (off in (0, 1)),
        primary key (year, day)
      ) {strict};
      """)
}

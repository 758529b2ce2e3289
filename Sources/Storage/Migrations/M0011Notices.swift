extension Migration {
  /// What accounts are told in the application. Derived and deletable: the ledger knows nothing of it.
  static let notices = Migration(
    number: 11, name: "notices",
    script: """
      create table notices (
        account_id {integer} not null references accounts (id),
        -- One for all accounts that are told of the same event.
        id {integer} not null,
        kind text not null,
        problem_id {integer} not null,
        order_id {integer},
        at {integer} not null,
        -- Never at night.
        visible_at {integer} not null,
        bundle text not null,
        read_at {integer},
        primary key (account_id, id)
      ) {strict};
      create index notices_unread on notices (account_id, visible_at, id) where read_at is null;
      create index notices_read on notices (account_id, visible_at, id)
        where read_at is not null;
      create index notices_problem on notices (account_id, problem_id) where read_at is null;
      create index notices_old on notices (read_at) where read_at is not null;

      create table notice_settings (
        account_id {integer} not null references accounts (id),
        kind text not null,
        mode text not null check (mode in ('on', 'bundled', 'off')),
        primary key (account_id, kind)
      ) {strict};

      -- By what accounts are linked to, for those who are to be told.
      create index accounts_unit on accounts (unit_id) where unit_id is not null;
      create index accounts_official on accounts (official_id) where official_id is not null;
      """)
}

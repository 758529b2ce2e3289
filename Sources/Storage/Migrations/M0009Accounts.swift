extension Migration {
  static let accounts = Migration(
    number: 9, name: "accounts",
    script: """
      alter table accounts add column enterprise_id {integer} references enterprises (id);
      alter table accounts add column granted_at {integer};
      alter table accounts add column password_changed_at {integer};
      alter table accounts add column previous_password_hash text;
      alter table accounts add column second_factor text;
      alter table accounts add column second_factor_at {integer};
      alter table accounts add column second_factor_step {integer};
      create index accounts_role_id on accounts (role, id);
      create index accounts_enterprise on accounts (enterprise_id)
        where enterprise_id is not null;
      update accounts set granted_at = created_at;
      update accounts
      set password_changed_at = (
        select l.at
        from ledger l
        where l.stream = 'account/' || cast(accounts.id as text) and l.kind = 'account.activated');

      -- What waits for the security administrator, and what the account is to be then.
      create table account_requests (
        account_id {integer} primary key references accounts (id),
        kind text not null,
        role text not null,
        unit_id {integer} references units (id),
        official_id {integer} references officials (id),
        enterprise_id {integer} references enterprises (id),
        asked_at {integer} not null,
        asked_by text not null
      ) {strict};

      alter table invitations add column needs_grant {integer} not null default 0
        check (needs_grant in (0, 1));
      create index invitations_account on invitations (account_id);
      -- A link now also renews the password of an account in use: these were not given for that.
      delete from invitations
      where used_at is null
        and account_id in (select id from accounts where username is not null);

      -- Everybody signs in anew.
      drop table sessions;
      create table sessions (
        token_hash {bytes} primary key,
        id {integer} not null unique,
        account_id {integer} not null references accounts (id),
        device text not null,
        has_code {integer} not null check (has_code in (0, 1)),
        created_at {integer} not null,
        last_seen_at {integer} not null,
        expires_at {integer} not null
      ) {strict};
      create index sessions_account on sessions (account_id, id);
      create index sessions_expiry on sessions (expires_at);

      create table recovery_codes (
        account_id {integer} not null references accounts (id),
        code_hash {bytes} not null,
        used_at {integer},
        primary key (account_id, code_hash)
      ) {strict};

      create table sign_in_attempts (
        subject {bytes} primary key,
        failures {integer} not null check (failures > 0),
        last_failed_at {integer} not null
      ) {strict};
      create index sign_in_attempts_age on sign_in_attempts (last_failed_at);

      create index ledger_accounts on ledger (id)
        where stream > 'account/' and stream < 'account0'
          or stream > 'disclosure/' and stream < 'disclosure0';
      """)
}

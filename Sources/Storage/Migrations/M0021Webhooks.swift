extension Migration {
  /// Webhooks, how far each has read the ledger, and what is to be delivered.
  static let webhooks = Migration(
    number: 21, name: "webhooks",
    script: """
      create table webhooks (
        id {integer} primary key,
        version {integer} not null check (version > 0),
        account_id {integer} not null references accounts (id),
        name text not null check (name <> ''),
        origin text not null,
        address_digest text not null,
        -- With commas between them; null for all.
        kinds text,
        state text not null check (state in ('active', 'paused', 'off', 'removed')),
        reason text check (reason in ('failing', 'gone', 'no_right', 'administrator')),
        secret_at {integer} not null,
        check ((state = 'off') = (reason is not null))
      ) {strict};
      create index webhooks_account on webhooks (account_id, id) where state <> 'removed';

      -- What the ledger has no use for.
      create table webhook_runs (
        webhook_id {integer} primary key references webhooks (id),
        -- Sealed with the key of the account's owner; null once it is removed.
        address text,
        secret text,
        old_secret text,
        old_until {integer},
        -- The first leaf of the ledger that it has not looked at.
        cursor {integer} not null check (cursor >= 0),
        failures {integer} not null,
        failing_since {integer},
        last_success_at {integer},
        leased_until {integer}
      ) {strict};

      create table webhook_deliveries (
        id {integer} primary key,
        webhook_id {integer} not null references webhooks (id),
        -- The entry it tells of; null for a test.
        entry_id {integer},
        attempts {integer} not null,
        -- Null once it was delivered or given up.
        next_at {integer},
        tried_at {integer},
        status {integer},
        fault text,
        answer text,
        milliseconds {integer},
        delivered_at {integer},
        check (delivered_at is null or next_at is null)
      ) {strict};
      create index webhook_deliveries_due on webhook_deliveries (webhook_id, next_at, id)
        where next_at is not null;
      create index webhook_deliveries_list on webhook_deliveries (webhook_id, id);
      create index webhook_deliveries_failed on webhook_deliveries (webhook_id, id)
        where next_at is null and delivered_at is null;
      create index webhook_deliveries_old on webhook_deliveries (tried_at)
        where next_at is null;

      alter table notices add column webhook_id {integer};
      """)
}

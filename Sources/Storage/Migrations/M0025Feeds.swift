extension Migration {
  /// Secret addresses of calendars. The ledger knows as little of them as of sessions.
  static let feeds = Migration(
    number: 25, name: "feeds",
    script: """
      create table feed_addresses (
        token_hash {bytes} primary key,
        id {integer} not null unique,
        account_id {integer} not null references accounts (id),
        made_at {integer} not null
      ) {strict};
      create index feed_addresses_account on feed_addresses (account_id, id);
      """)
}

extension Migration {
  /// Tokens for programs, and accounts of programs.
  static let tokens = Migration(
    number: 20, name: "tokens",
    script: """
      -- Whose program it is; null for a person's account.
      alter table accounts add column maker_id {integer} references accounts (id);
      create index accounts_maker on accounts (maker_id, id)
        where maker_id is not null;

      create table api_tokens (
        id {integer} primary key,
        account_id {integer} not null references accounts (id),
        token_hash {bytes} not null unique,
        name text not null,
        -- Words like problems:read, sorted, parted by blanks.
        scopes text not null,
        made_at {integer} not null,
        expires_at {integer} not null check (expires_at > made_at),
        revoked_at {integer},
        last_used_at {integer},
        -- From where, sealed by the account's person.
        last_origin text
      ) {strict};
      create index api_tokens_account on api_tokens (account_id, id);
      """)
}

extension Migration {
  /// What programs asked for under a key, so that it is done once however often they ask.
  static let idempotency = Migration(
    number: 24, name: "idempotency",
    script: """
      create table request_claims (
        account_id {integer} not null references accounts (id),
        -- SHA-256 of the key; of the method, the path and the body.
        key_hash {bytes} not null,
        request_hash {bytes} not null,
        claimed_at {integer} not null,
        -- Null until it was answered.
        status {integer},
        -- Sealed: it may hold what somebody wrote.
        answer text,
        primary key (account_id, key_hash)
      ) {strict};
      create index request_claims_old on request_claims (claimed_at);
      """)
}

extension Migration {
  static let instanceAndKeys = Migration(
    number: 2, name: "instance and keys",
    script: """
      create table instance (
        id {integer} primary key check (id = 1),
        name text not null unique,
        suite text not null check (suite in ('sha256', 'sm3')),
        master_key_id text not null,
        secrets {bytes} not null,
        verifier_keys text not null,
        created_at {integer} not null
      ) {strict};

      create table person_keys (
        person_id {integer} primary key,
        master_key_id text,
        wrapped {bytes},
        created_at {integer} not null,
        erased_at {integer},
        check ((wrapped is null) = (erased_at is not null)),
        check ((wrapped is null) = (master_key_id is null))
      ) {strict};
      create index person_keys_master on person_keys (master_key_id, person_id);

      alter table accounts add column person_id {integer} references person_keys (person_id);
      alter table accounts add column phone text;
      alter table accounts add column phone_index {bytes};
      alter table accounts add column closed_at {integer};
      create index accounts_phone on accounts (phone_index) where phone_index is not null;
      create index accounts_person on accounts (person_id);

      alter table ledger_heads add column note text;
      """)
}

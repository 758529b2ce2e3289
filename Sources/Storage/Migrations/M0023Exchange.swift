extension Migration {
  /// Links to other instances, and what came by them.
  static let exchange = Migration(
    number: 23, name: "exchange",
    script: """
      create table exchange_links (
        id {integer} primary key,
        version {integer} not null check (version > 0),
        name text not null,
        role text not null check (role in ('upper', 'lower')),
        state text not null check (state in ('offered', 'open', 'stopped', 'closed')),
        peer_url text,
        peer_origin text,
        peer_suite text,
        -- One a line.
        peer_keys text,
        fault text,
        fault_at {integer},
        created_at {integer} not null,
        -- What follows is not in the ledger.
        code_hash {bytes},
        code_until {integer},
        -- What the other side presents, and what is presented to it.
        token_hash {bytes},
        token_sealed {bytes},
        -- The last of our messages, and the size of our last checkpoint, that the other side has.
        confirmed {integer} not null default 0 check (confirmed >= 0),
        confirmed_size {integer} not null default 0 check (confirmed_size >= 0),
        confirmed_at {integer},
        -- The last of its messages that we have.
        received {integer} not null default 0 check (received >= 0),
        received_at {integer},
        next_at {integer} not null default 0,
        failures {integer} not null default 0,
        last_error text
      ) {strict};
      create unique index exchange_links_name on exchange_links (name) where state <> 'closed';
      create unique index exchange_links_token on exchange_links (token_hash)
        where token_hash is not null;
      create unique index exchange_links_code on exchange_links (code_hash)
        where code_hash is not null;

      -- Checkpoints of other instances' ledgers that their messages were proven against.
      create table exchange_checkpoints (
        link_id {integer} not null references exchange_links (id),
        size {integer} not null check (size > 0),
        root {bytes} not null,
        note text not null,
        primary key (link_id, size)
      ) {clustered};

      create table exchange_received (
        link_id {integer} not null references exchange_links (id),
        -- The sender's number.
        sequence {integer} not null check (sequence > 0),
        kind text not null,
        -- Exactly what the sender's ledger hashed.
        entry {bytes} not null,
        leaf_hash {bytes} not null,
        leaf_index {integer} not null,
        tree_size {integer} not null,
        -- The inclusion path, 32 bytes each.
        proof {bytes} not null,
        effect text not null
          check (effect in ('applied', 'shown', 'late', 'refused', 'unknown')),
        problem_id {integer} references problems (id),
        at {integer} not null,
        primary key (link_id, sequence)
      ) {clustered};
      create index exchange_received_problem on exchange_received (problem_id)
        where problem_id is not null;
      """)
}

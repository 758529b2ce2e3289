extension Migration {
  /// What is told outside of the application, and by which ways. Derived and deletable but for the robots.
  static let messages = Migration(
    number: 22, name: "messages",
    script: """
      create table message_addresses (
        account_id {integer} primary key references accounts (id),
        -- Sealed with the key of its owner.
        mail text,
        language text not null check (language in ('zh', 'en'))
      ) {strict};

      create table message_choices (
        account_id {integer} not null references accounts (id),
        kind text not null,
        channel text not null check (channel in ('mail', 'sms')),
        primary key (account_id, kind, channel)
      ) {strict};

      create table message_robots (
        id {integer} primary key,
        version {integer} not null check (version > 0),
        name text not null check (name <> ''),
        kind text not null check (kind in ('wecom', 'dingtalk')),
        -- The county whose office it belongs to; null for the city's.
        unit_id {integer} references units (id),
        -- Sealed with the key of the instance; null once it was removed.
        address text,
        secret text,
        state text not null check (state in ('active', 'paused', 'removed')),
        reason text,
        language text not null check (language in ('zh', 'en'))
      ) {strict};

      create table message_robot_kinds (
        kind text not null,
        robot_id {integer} not null references message_robots (id),
        primary key (kind, robot_id)
      ) {strict};

      create table message_outbox (
        id {integer} primary key,
        channel text not null check (channel in ('mail', 'sms', 'robot')),
        -- Of an account or a robot.
        recipient_id {integer} not null,
        -- Of the event: nobody is told twice of it by one channel.
        notice_id {integer} not null,
        kind text not null,
        problem_id {integer},
        due_at {integer} not null,
        state text not null check (state in ('waiting', 'sent', 'failed', 'dropped')),
        attempts {integer} not null,
        -- When it failed first.
        failing_since {integer},
        fault text,
        settled_at {integer},
        unique (recipient_id, channel, notice_id),
        check ((state = 'waiting') = (settled_at is null))
      ) {strict};
      create index message_outbox_due on message_outbox (due_at) where state = 'waiting';
      create index message_outbox_line on message_outbox (recipient_id, channel, due_at)
        where state = 'waiting';
      create index message_outbox_failed on message_outbox (id) where state = 'failed';
      create index message_outbox_settled on message_outbox (settled_at)
        where settled_at is not null;

      -- The way to one recipient: what is due there goes together, by one server. Recipient 0 is the channel
      -- itself, for what is wrong with all of it.
      create table message_lines (
        channel text not null,
        recipient_id {integer} not null,
        leased_until {integer},
        not_before {integer},
        tries {integer} not null,
        failing_since {integer},
        fault text,
        -- When a robot would be free of all it has said (RobotPace).
        free_at {integer},
        primary key (channel, recipient_id)
      ) {strict};
      """)
}

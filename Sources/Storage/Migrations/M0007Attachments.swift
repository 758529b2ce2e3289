extension Migration {
  static let attachments = Migration(
    number: 7, name: "attachments",
    script: """
      -- The contents are files, named by their digest.
      create table attachments (
        id {integer} primary key,
        problem_id {integer} not null references problems (id),
        digest {bytes} not null,
        size {integer} not null check (size > 0),
        type text not null,
        name text {binary} not null check (name <> ''),
        round {integer} check (round > 0),
        added_at {integer} not null,
        added_by text not null,
        withdrawn_at {integer},
        withdrawn_by text,
        reason text,
        purged_at {integer},
        check ((withdrawn_at is null) = (reason is null)),
        check ((withdrawn_at is null) = (withdrawn_by is null)),
        check (purged_at is null or withdrawn_at is not null)
      ) {strict};
      create index attachments_problem on attachments (problem_id, id);
      create index attachments_digest on attachments (digest);
      """)
}

extension Migration {
  /// Saved views of the problem list, and the indexes that lists, to-do counters and legs ride.
  static let workbench = Migration(
    number: 10, name: "workbench",
    script: """
      create table saved_views (
        id {integer} primary key,
        account_id {integer} not null references accounts (id),
        name text {binary} not null check (name <> ''),
        query text not null,
        shared {integer} not null check (shared in (0, 1)),
        is_default {integer} not null check (is_default in (0, 1)),
        created_at {integer} not null
      ) {strict};
      create unique index saved_views_name on saved_views (account_id, name);
      create unique index saved_views_default on saved_views (account_id) where is_default = 1;
      create index saved_views_shared on saved_views (name, id) where shared = 1;

      create index problems_outcome on problems (outcome, id) where outcome is not null;
      create index problems_found on problems (found_on, id);
      create index problems_registered on problems (registered_at, id);
      -- With the lamp's other instant, so that lamps are told without the row.
      drop index problems_due;
      create index problems_due on problems (due_at, id, yellow_at) where due_at is not null;

      create index problem_rounds_rating on problem_rounds (rating, problem_id, round)
        where rating is not null;
      create index problem_legs_unit_answered
        on problem_legs (unit_id, answered_at, problem_id, leg)
        where unit_id is not null and answered_at is not null;
      create index problem_legs_official_answered
        on problem_legs (official_id, answered_at, problem_id, leg)
        where official_id is not null and answered_at is not null;

      create index problem_tasks_office_task
        on problem_tasks (task, order_at, problem_id, leg, from_at) where office = 1;
      create index problem_tasks_office_due
        on problem_tasks (due_at, order_at, problem_id, task, leg, from_at, yellow_at)
        where office = 1 and due_at is not null;
      create index problem_tasks_office_waiting
        on problem_tasks (order_at, problem_id, task, leg, from_at)
        where office = 1 and due_at is null;
      """)
}

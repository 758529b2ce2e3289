import Domain
import Services
import Storage
import TestSupport
import Testing

@Suite struct TaskListTests {
  private struct Task {
    let kind: Problem.Task.Kind
    let from: Instant
    let due: Instant?
    let yellow: Instant?
    var order: Instant { due ?? from }
  }

  /// To-dos of the office at random, one a problem.
  private func tasks(
    _ made: inout RandomProblems, in platform: Platform
  ) async throws -> [(RandomProblems.Row, Task)] {
    let kinds = Problem.Task.Kind.allCases.filter { $0 != .handle }
    var tasks: [(RandomProblems.Row, Task)] = []
    for row in made.rows {
      let due = row.due
      tasks.append(
        (
          row,
          Task(
            kind: kinds[made.pick(0...kinds.count - 1)],
            from: made.now + Int64(made.pick(-20...2)) * 43_200, due: due, yellow: row.yellow)
        ))
    }
    let rows = tasks
    try await platform.database.write { connection in
      for (row, task) in rows {
        try connection.insert(
          into: "problem_tasks",
          [
            "problem_id", "task", "leg", "office", "from_at", "due_at", "yellow_at", "order_at",
          ],
          [[row.id, task.kind, 0, true, task.from, task.due, task.yellow, task.order]])
      }
    }
    return tasks
  }

  private func fits(_ task: Task, _ filter: TaskFilter, now: Instant) -> Bool {
    guard task.from <= now, filter.kind == nil || filter.kind == task.kind else { return false }
    let tonight = Instant(startOf: now.day + 1)
    switch filter.urgency {
    case nil: return true
    case .overdue: return task.due.map { $0 <= now } ?? false
    case .today: return task.due.map { $0 > now && $0 <= tonight } ?? false
    case .soon:
      guard let due = task.due, let yellow = task.yellow else { return false }
      return due > now && yellow <= now
    case .waiting: return task.due == nil
    }
  }

  /// Page by page, and counted no further than anybody reads.
  @Test(arguments: Engine.available)
  func listsAndCountersAgree(engine: Engine) async throws {
    try await engine.withSample { test in
      var made = try await RandomProblems(seed: 11, count: 400, on: test.platform)
      let tasks = try await tasks(&made, in: test.platform)
      let now = made.now
      let (counts, all) = try await test.platform.database.read {
        (
          try TaskRows.counts(.office, now: now, in: $0),
          try TaskRows.count(.office, now: now, in: $0)
        )
      }
      let kinds: [Problem.Task.Kind?] = [nil, .judge, .verify, .handle]
      let urgencies: [TaskFilter.Urgency?] = [nil] + TaskFilter.Urgency.allCases
      for kind in kinds {
        for urgency in urgencies {
          let filter = TaskFilter(kind: kind, urgency: urgency)
          let expected = tasks.filter { fits($0.1, filter, now: now) }
            .sorted { ($0.1.order, $0.0.id.value) < ($1.1.order, $1.0.id.value) }
            .map(\.0.number)
          let found = try await test.platform.database.read { connection in
            var (numbers, after): ([Int64], TaskRows.Cursor?) = ([], nil)
            repeat {
              let page = try TaskRows.page(
                .office, filter, after: after, limit: 9, now: now, in: connection)
              numbers += page.items.map(\.number)
              after = page.next.flatMap { TaskRows.Cursor($0.description) }
            } while after != nil
            return numbers
          }
          #expect(found == expected, "\(filter)")
          if kind == nil, urgency == nil { #expect(all == min(expected.count, TaskCounts.limit)) }
          if kind == nil, let urgency, let count = counts.urgencies[urgency] {
            #expect(count == min(expected.count, TaskCounts.limit), "\(urgency)")
          }
          if let kind, urgency == nil, let count = counts.kinds[kind] {
            #expect(count == min(expected.count, TaskCounts.limit), "\(kind)")
          }
        }
      }
      #expect(counts.urgencies[.overdue] ?? 0 > 0 && counts.urgencies[.waiting] ?? 0 > 0)
    }
  }

  /// A handler sees its legs, what is due and what it answered; the office has no legs of its own.
  @Test(arguments: Engine.available)
  func legsAreTheHandlers(engine: Engine) async throws {
    try await engine.withSample { test in
      let office = try await test.account(.office)
      let handler = try await test.account(.handler, unit: "清河县水利局")
      let legs = ListLegs(test.platform)
      let before = try await legs(for: handler)
      let id = try await RegisterProblem(test.platform)(
        Registration(
          track: "enterprise", title: "机井损坏", detail: "抽不上水", concerns: "某厂",
          foundOn: "2026-11-19"), by: office)
      let act = ActOnProblem(test.platform)
      for request: ActOnProblem.Request in [
        .command(.judge(category: "logistics", difficulty: .general, tier: "", note: "")),
        .assign(.init(unit: "清河县水利局")),
      ] {
        _ = try await act(request, on: id, seen: nil, by: office)
      }
      let line = try #require(
        try await legs(for: handler).open.items.first { $0.problem == id })
      #expect(line.milestone == .acknowledge && line.role == .lead && line.order != nil)
      #expect(line.detail == "抽不上水" && line.due != nil)
      for command: ProblemCommand in [
        .acknowledge(leg: nil), .claim(outcome: .solved, result: "已修", evidence: "照片"),
      ] {
        _ = try await act(.command(command), on: id, seen: nil, by: handler)
      }
      let after = try await legs(for: handler)
      #expect(after.open.items.map(\.problem) == before.open.items.map(\.problem))
      #expect(after.answered.first?.problem == id)
      #expect(try await legs(for: office).open.items.isEmpty)
    }
  }
}

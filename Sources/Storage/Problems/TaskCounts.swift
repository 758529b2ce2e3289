import Domain

/// How much of each sort a desk has, counted no further than anybody reads.
package struct TaskCounts: Hashable, Sendable {
  /// What is more is “99+”.
  package static let limit = 100

  package fileprivate(set) var kinds: [Problem.Task.Kind: Int] = [:]
  package fileprivate(set) var urgencies: [TaskFilter.Urgency: Int] = [:]

  package init() {}
}

extension TaskRows {
  /// One statement of bounded counts. The office's ride problem_tasks_office_task, _due and _waiting;
  /// others' the desk's own index.
  package static func counts(
    _ desk: Desk, now: Instant, in connection: any Connection
  ) throws -> TaskCounts {
    var conditions = ProblemConditions(in: connection)
    let bounded = bounded(desk, &conditions)
    let kinds: [Problem.Task.Kind] =
      switch desk {
      case .office, .area: Problem.Task.Kind.allCases.filter { $0 != .handle }
      case .units, .official: [.handle]
      }
    let at = conditions.place(now)
    let tonight = conditions.place(Instant(startOf: now.day + 1))
    func count(_ condition: String) -> String { bounded("t.from_at <= \(at) and \(condition)") }
    let urgencies: [(TaskFilter.Urgency, String)] = [
      (.overdue, "t.due_at <= \(at)"), (.today, "t.due_at > \(at) and t.due_at <= \(tonight)"),
      (.waiting, "t.due_at is null"),
    ]
    let columns =
      kinds.map { count("t.task = '\($0.rawValue)'") } + urgencies.map { count($0.1) }
    var counts = TaskCounts()
    try connection.forEach(
      "select " + columns.joined(separator: ",\n"), conditions.arguments
    ) { row in
      for (index, kind) in kinds.enumerated() { counts.kinds[kind] = Int(try row.int(index)) }
      for (index, urgency) in urgencies.enumerated() {
        counts.urgencies[urgency.0] = Int(try row.int(kinds.count + index))
      }
    }
    return counts
  }

  /// How much of any sort there is now, counted no further; rides the desk's own index.
  package static func count(
    _ desk: Desk, now: Instant, in connection: any Connection
  ) throws -> Int {
    var conditions = ProblemConditions(in: connection)
    let bounded = bounded(desk, &conditions)
    let at = conditions.place(now)
    return try connection.row("select " + bounded("t.from_at <= \(at)"), conditions.arguments) {
      Int(try $0.int(0))
    } ?? 0
  }

  /// What counts the tasks of a desk for which a condition holds.
  private static func bounded(
    _ desk: Desk, _ conditions: inout ProblemConditions
  ) -> (String) -> String {
    conditions.add(desk)
    // Whose problem it is is told from the problem.
    let problems = if case .area = desk { "join problems p on p.id = t.problem_id" } else { "" }
    let owner = conditions.parts.joined(separator: " and ")
    return { condition in
      """
      (select count(*)
       from (
         select 1
         from problem_tasks t \(problems)
         where \(owner) and \(condition)
         limit \(TaskCounts.limit)) as bounded)
      """
    }
  }
}

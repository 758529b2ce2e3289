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
    conditions.add(desk)
    let kinds: [Problem.Task.Kind] =
      switch desk {
      case .office, .area: Problem.Task.Kind.allCases.filter { $0 != .handle }
      case .units, .official: [.handle]
      }
    // Whose problem it is is told from the problem.
    let problems = if case .area = desk { "join problems p on p.id = t.problem_id" } else { "" }
    let owner = conditions.parts.joined(separator: " and ")
    let at = conditions.place(now)
    let tonight = conditions.place(Instant(startOf: now.day + 1))
    func count(_ condition: String) -> String {
      """
      (select count(*)
       from (
         select 1
         from problem_tasks t \(problems)
         where \(owner) and t.from_at <= \(at) and \(condition)
         limit \(TaskCounts.limit)) as bounded)
      """
    }
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
}

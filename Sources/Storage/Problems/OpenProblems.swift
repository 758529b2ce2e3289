import Domain

/// Problems that a handler has, in the order of their ids.
package enum OpenProblems {
  /// By the task `handle`, which every running leg has; rides the primary key of problem_tasks, which
  /// has open problems only.
  package static func running(
    after last: ProblemID?, limit: Int, in connection: any Connection
  ) throws -> [ProblemID] {
    try connection.rows(
      """
      select distinct problem_id
      from problem_tasks
      where task = 'handle' and problem_id > ?1
      order by problem_id
      limit ?2
      """, [last?.value ?? 0, limit]
    ) { try $0.problemID(0) }
  }
}

import Domain
import Ledger

/// The problems that were closed in a period and still were at its end, as facts of their own time: who
/// opens one again afterwards takes nothing out of the population.
package enum LookBackPopulation {
  package struct Member: Hashable, Sendable {
    package let problem: ProblemID
    package let number: Int64
  }

  /// By number. Reads the rounds; once a month is no reason for an index.
  package static func members(
    _ scope: LookBack.Scope, in connection: any Connection
  ) throws -> [Member] {
    var (narrowing, arguments) = ("", [scope.start, scope.end] as [any SQLConvertible])
    if let track = scope.track {
      arguments.append(track)
      narrowing += " and p.track = ?\(arguments.count)"
    }
    if let unit = scope.unit {
      let path = try UnitRows.find(unit, in: connection)?.path ?? ""
      arguments += [path, UnitRows.subtreeEnd(path)] as [any SQLConvertible]
      narrowing += " and u.path >= ?\(arguments.count - 1) and u.path < ?\(arguments.count)"
    }
    return try connection.rows(
      """
      select p.id, p.number
      from problem_rounds r
      join problems p on p.id = r.problem_id
      join units u on u.id = r.unit_id
      where r.closed_at >= ?1 and r.closed_at < ?2 and r.taken_over = 0\(narrowing)
        and (r.reopened_at is null or r.reopened_at >= ?2)
        and not exists (
          select 1
          from problem_rounds later
          where later.problem_id = r.problem_id and later.round > r.round
            and later.assigned_at < ?2)
      order by p.number
      """, arguments
    ) { Member(problem: try $0.problemID(0), number: try $0.int(1)) }
  }

  /// The same from the ledger's first entries alone; a narrowing to a unit is not looked at.
  package static func numbers(
    _ scope: LookBack.Scope, first size: Int64, in connection: any Connection
  ) throws -> [Int64] {
    var numbers: [Int64] = []
    try LedgerRows.wholeStreams(
      of: "problem", within: (end: scope.end, size: size), in: connection
    ) { entries in
      guard let problem = try ProblemHistory(entries)?.problem,
        let round = problem.round, round.takenOver == nil, let closed = round.closedAt,
        closed >= scope.start, scope.track == nil || scope.track == problem.registration.track
      else { return }
      if let reopened = round.reopenedAt, reopened < scope.end { return }
      numbers.append(problem.registration.number)
    }
    return numbers.sorted()
  }
}

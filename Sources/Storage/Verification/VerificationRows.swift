import Domain

/// What waits for a check by somebody who did not act: claims to be verified, and verified problems
/// whose asker said nothing in time and is to be visited.
package enum VerificationRows {
  package enum Kind: String, Sendable, CaseIterable {
    case verify
    case returnVisit = "return_visit"

    var state: ProblemState { self == .verify ? .claimed : .verified }
  }

  package struct Line: Hashable, Sendable {
    package let problem: ProblemID
    package let number: Int64
    package let title: String
    package let concerns: String
    package let unitName: String?
    package let outcome: Outcome?
    /// Since when it can be done.
    package let from: Instant
    /// Everyone who acted for a handler in this round: none of them may check.
    package internal(set) var handlers: [Actor] = []
    let assignedAt: Instant
  }

  /// The oldest first. Rides problems_state, and the primary keys of tasks and rounds.
  package static func page(
    _ kind: Kind, visible: ProblemList.Visibility, after: ProblemID?, now: Instant, limit: Int,
    in connection: any Connection
  ) throws -> Page<Line, ProblemID> {
    var arguments: [any SQLConvertible] = [kind.rawValue, kind.state, after?.value ?? 0, now]
    var conditions: [String] = []
    // What another county gave a unit here that county checks.
    ProblemList.narrow(visible, orAssigned: false, &conditions, &arguments)
    let narrowing = conditions.map { " and \($0)" }.joined()
    let page = try connection.page(
      """
      select p.id, p.number, p.title, p.concerns, u.name, r.outcome, t.from_at, r.assigned_at
      from problems p
      join problem_tasks t on t.problem_id = p.id and t.task = ?1 and t.leg = 0
      join problem_rounds r on r.problem_id = p.id
      left join units u on u.id = r.unit_id
      where p.state = ?2 and p.id > ?3 and t.from_at <= ?4
        and not exists (
          select 1
          from problem_rounds later
          where later.problem_id = p.id and later.round > r.round)\(narrowing)
      order by p.id
      """, arguments, size: limit, key: \.problem
    ) { row in
      Line(
        problem: try row.problemID(0), number: try row.int(1), title: try row.text(2),
        concerns: try row.text(3), unitName: try row.optionalText(4),
        outcome: try row.optionalValue(5, Outcome.self), from: try row.instant(6),
        assignedAt: try row.instant(7))
    }
    let handlers = try handlers(of: page.items, in: connection)
    return Page(
      items: page.items.map { line in
        var line = line
        line.handlers = handlers[line.problem] ?? []
        return line
      }, next: page.next)
  }

  /// What whoever answers for a leg does, as the ledger names it (`Problem.Round.handlers`).
  private static let kinds = [
    "acknowledged", "feedback", "objected", "extension_asked", "planned", "step_done", "answered",
    "claimed",
  ].map { "problem." + $0 }

  /// Rides the unique index on (stream, version).
  private static func handlers(
    of lines: [Line], in connection: any Connection
  ) throws -> [ProblemID: [Actor]] {
    if lines.isEmpty { return [:] }
    let streams = lines.map { "problem/\($0.problem)" }
    let begun = Dictionary(uniqueKeysWithValues: lines.map { ($0.problem, $0.assignedAt) })
    let (count, all) = (streams.count, streams.count + kinds.count)
    let actors = try connection.rows(
      """
      select stream, actor, at
      from ledger
      where stream in (\(places(count)))
        and kind in (\((count + 1...all).map { "?\($0)" }.joined(separator: ", ")))
      order by stream, version
      """, streams + kinds
    ) { (try $0.text(0), try $0.actor(1), try $0.instant(2)) }
    var found: [ProblemID: [Actor]] = [:]
    for (stream, actor, at) in actors {
      guard let problem = ProblemID(String(stream.dropFirst("problem/".count))),
        let start = begun[problem], at >= start,
        found[problem]?.contains(actor) != true
      else { continue }
      found[problem, default: []].append(actor)
    }
    return found
  }
}

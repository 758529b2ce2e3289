import Domain
import Ledger

/// A problem as its ledger stream tells it.
package struct ProblemHistory: Sendable {
  package struct Step: Sendable {
    package let version: Int
    package let at: Instant
    package let actor: Actor
    package let event: ProblemEvent
  }

  package private(set) var problem: Problem
  package private(set) var steps: [Step]
  /// The id of the ledger's last entry about it, where it was read from there.
  private(set) var lastEntryID: Int64?

  package static func streamName(_ id: ProblemID) -> String { "problem/\(id.value)" }

  /// - Returns: nil where no such problem was registered.
  package static func load(_ id: ProblemID, in connection: any Connection) throws -> ProblemHistory?
  {
    let name = streamName(id)
    // What was read before is read again only from its last entry on, which must be the same.
    if var known = ProblemCache.shared[id] {
      let entries = try LedgerRows.stream(name, from: known.problem.version, in: connection)
      if let last = entries.first, last.id == known.lastEntryID {
        if entries.count > 1 {
          try known.append(entries.dropFirst())
          ProblemCache.shared[id] = known
        }
        return known
      }
    }
    let history = try ProblemHistory(LedgerRows.stream(name, in: connection))
    ProblemCache.shared[id] = history
    return history
  }

  /// - Parameter entries: of one stream, in order.
  /// - Returns: nil where there are none.
  init?(_ entries: [LedgerEntry]) throws {
    guard let first = entries.first else { return nil }
    guard let id = Int64(first.stream.dropFirst("problem/".count)),
      case .registered(let registered) = try ProblemEventCodec.decode(
        kind: first.kind, payload: first.payload)
    else { throw StorageError.unreadable("first entry of \(first.stream)") }
    self.init(registered: registered, id: ProblemID(id), at: first.at, by: first.actor)
    try append(entries.dropFirst())
    lastEntryID = entries[entries.count - 1].id
  }

  private mutating func append(_ entries: ArraySlice<LedgerEntry>) throws {
    for entry in entries {
      let event = try ProblemEventCodec.decode(kind: entry.kind, payload: entry.payload)
      apply(event, at: entry.at, by: entry.actor)
      lastEntryID = entry.id
    }
  }

  init(
    registered: ProblemEvent.Registered, id: ProblemID, at: Instant, by actor: Actor
  ) {
    problem = Problem(id: id, registered: registered, at: at, by: actor)
    steps = [Step(version: 1, at: at, actor: actor, event: .registered(registered))]
  }

  mutating func apply(_ event: ProblemEvent, at: Instant, by actor: Actor) {
    problem.apply(event, at: at, by: actor)
    steps.append(Step(version: problem.version, at: at, actor: actor, event: event))
  }

  /// The problem as it stood after one of its steps.
  package func problem(at version: Int) -> Problem {
    guard version < problem.version, case .registered(let first) = steps[0].event else {
      return problem
    }
    var past = Problem(id: problem.id, registered: first, at: steps[0].at, by: steps[0].actor)
    for step in steps[1..<version] { past.apply(step.event, at: step.at, by: step.actor) }
    return past
  }

  /// Registers a new problem: ledger entry and rows.
  package static func register(
    _ registered: ProblemEvent.Registered, importKey: [UInt8]? = nil, at now: Instant,
    by actor: Actor, _ rules: ProblemRules, in connection: any Connection
  ) throws -> ProblemHistory {
    let id = ProblemID(Identifiers.shared.next(now))
    var (event, areas) = (registered, UnitArea())
    try event.locate(&areas, in: connection)
    var history = ProblemHistory(registered: event, id: id, at: now, by: actor)
    try history.appendLastStep(in: connection)
    try ProblemRows.insert(history.problem, importKey: importKey, rules, in: connection)
    return history
  }

  /// Appends events and brings the rows up to date, in the caller's transaction. Time never runs
  /// backwards within a problem, whatever the servers' clocks say.
  /// - Throws: `LedgerRows.Conflict` where somebody was quicker.
  package mutating func record(
    _ events: [ProblemEvent], at now: Instant, by actor: Actor, _ rules: ProblemRules,
    in connection: any Connection
  ) throws {
    if events.isEmpty { return }
    let before = problem
    let at = max(now, steps[steps.count - 1].at)
    for event in events {
      apply(event, at: at, by: actor)
      try appendLastStep(in: connection)
    }
    try ProblemRows.update(from: before, to: problem, rules, in: connection)
    // Should this be undone, its last entry is found nowhere.
    ProblemCache.shared[problem.id] = self
  }

  private mutating func appendLastStep(in connection: any Connection) throws {
    let entry = try lastEntry()
    try LedgerRows.append(entry, to: connection)
    lastEntryID = entry.id
  }

  /// The ledger entry of the last step.
  func lastEntry() throws -> LedgerEntry {
    let step = steps[steps.count - 1]
    return LedgerEntry(
      id: Identifiers.shared.next(step.at), stream: ProblemHistory.streamName(problem.id),
      version: step.version, at: step.at, actor: step.actor,
      kind: ProblemEventCodec.kind(of: step.event),
      payload: try ProblemEventCodec.payload(of: step.event))
  }
}

extension ProblemHistory {
  /// Every problem as its stream tells it, one after the other.
  /// - Throws: `StorageError.unreadable` for an event this program does not know.
  package static func all(
    in connection: any Connection, _ body: (Problem) throws -> Void
  ) throws {
    try LedgerRows.wholeStreams(of: "problem", in: connection) { entries in
      if let history = try ProblemHistory(entries) { try body(history.problem) }
    }
  }
}

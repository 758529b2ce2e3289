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

  package static func streamName(_ id: ProblemID) -> String { "problem/\(id.value)" }

  /// - Returns: nil where no such problem was registered.
  package static func load(_ id: ProblemID, in connection: any Connection) throws -> ProblemHistory?
  {
    try ProblemHistory(LedgerRows.stream(streamName(id), in: connection))
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
    for entry in entries.dropFirst() {
      let event = try ProblemEventCodec.decode(kind: entry.kind, payload: entry.payload)
      apply(event, at: entry.at, by: entry.actor)
    }
  }

  init(
    registered: ProblemEvent.Registered, id: ProblemID, at: Instant, by actor: Actor
  ) {
    problem = Problem(id: id, registered: registered, at: at)
    steps = [Step(version: 1, at: at, actor: actor, event: .registered(registered))]
  }

  private mutating func apply(_ event: ProblemEvent, at: Instant, by actor: Actor) {
    problem.apply(event, at: at, by: actor)
    steps.append(Step(version: problem.version, at: at, actor: actor, event: event))
  }

  /// Registers a new problem: ledger entry and rows.
  package static func register(
    _ registered: ProblemEvent.Registered, importKey: [UInt8]? = nil, at now: Instant,
    by actor: Actor, in connection: any Connection
  ) throws -> ProblemHistory {
    let id = ProblemID(Identifiers.shared.next(now))
    let history = ProblemHistory(registered: registered, id: id, at: now, by: actor)
    try history.appendLastStep(in: connection)
    try ProblemRows.insert(history.problem, importKey: importKey, in: connection)
    return history
  }

  /// Appends events and brings the rows up to date, in the caller's transaction. Time never runs
  /// backwards within a problem, whatever the servers' clocks say.
  /// - Throws: `LedgerRows.Conflict` where somebody was quicker.
  package mutating func record(
    _ events: [ProblemEvent], at now: Instant, by actor: Actor, in connection: any Connection
  ) throws {
    let at = max(now, steps[steps.count - 1].at)
    for event in events {
      apply(event, at: at, by: actor)
      try appendLastStep(in: connection)
    }
    try ProblemRows.update(problem, in: connection)
  }

  private func appendLastStep(in connection: any Connection) throws {
    try LedgerRows.append(lastEntry(), to: connection)
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

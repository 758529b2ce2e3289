import Cryptography
import Domain
import Storage

/// What a message of another instance leads to here, in the transaction that takes it in. Nothing in a
/// message can make it fail: what cannot be applied is kept all the same, and says so.
struct ApplyMessage {
  let platform: Platform
  let link: ExchangeLink
  let now: Instant
  let connection: any Connection

  init(
    _ platform: Platform, _ link: ExchangeLink, at now: Instant, in connection: any Connection
  ) {
    (self.platform, self.link, self.now) = (platform, link, now)
    self.connection = connection
  }

  func callAsFunction(
    _ message: ReceivedRows.Proven, _ entry: ReadEntry, at checkpoint: ReceivedRows.Checkpoint
  ) throws {
    let (effect, problem) = try apply(entry, as: message.sequence)
    try ReceivedRows.add(
      message, at: checkpoint, effect, problem: problem, of: link.id, at: now, in: connection)
  }

  private func apply(
    _ entry: ReadEntry, as sequence: Int
  ) throws -> (ExchangeEffect, ProblemID?) {
    switch (link.role, entry.message) {
    case (.upper, .handedUp(let handed)):
      return try RegisterHanding(platform, link, at: now, in: connection)(handed, sequence)
    case (.upper, .supplemented(let noted)): return try supplement(noted)
    case (.upper, .takenBack(let noted)): return (.shown, try registered(noted.handing))
    case (.lower, .progressed(let progress)): return (.shown, try handedUp(progress.handing))
    case (.lower, .answered(let answered)): return try answer(answered)
    default: return (.unknown, nil)
    }
  }

  /// The problem here that a handing up of the other side became.
  private func registered(_ handing: Int) throws -> ProblemID? {
    try ReceivedRows.problem(of: handing, link.id, in: connection)
  }

  /// The problem here that was handed up under a number of ours.
  private func handedUp(_ handing: Int) throws -> ProblemID? {
    guard case .handedUp(let handed) = try ExchangeOutbox.message(handing, link.id, in: connection)
    else { return nil }
    return handed.problem
  }

  private func work(on id: ProblemID?) throws -> ProblemWork? {
    guard let id, let history = try ProblemHistory.load(id, in: connection) else { return nil }
    // A track whose procedure was taken away: nothing can be done to its problems.
    if platform.procedures[history.problem.track] == nil { return nil }
    return try ProblemWork(history, at: now, platform, in: connection)
  }

  private func supplement(
    _ noted: ExchangeMessage.Noted
  ) throws -> (ExchangeEffect, ProblemID?) {
    let id = try registered(noted.handing)
    guard var work = try work(on: id) else { return (.shown, nil) }
    if work.problem.state.isEnded || noted.text.trimmed.isEmpty { return (.late, id) }
    try work.record([.supplemented(.init(text: noted.text.limited(to: Problem.maximumText)))])
    return (.applied, id)
  }

  private func answer(
    _ answered: ExchangeMessage.Answered
  ) throws -> (ExchangeEffect, ProblemID?) {
    let id = try handedUp(answered.handing)
    guard var work = try work(on: id) else { return (.shown, nil) }
    let handing = Problem.Handing(link: link.id, sequence: answered.handing)
    guard work.problem.state == .referred, work.problem.handing == handing else {
      return (.late, id)
    }
    work.answersFromAbove = true
    let text = answered.text.trimmed.isEmpty ? "—" : answered.text
    do {
      try work.act(.answerReferral(text: text.limited(to: Problem.maximumText)))
    } catch UseCaseError.refused {
      return (.refused, id)
    }
    return (.applied, id)
  }
}

extension String {
  /// No more characters than a field may hold.
  fileprivate func limited(to count: Int) -> String {
    unicodeScalars.count <= count
      ? self : String(String.UnicodeScalarView(unicodeScalars.prefix(count)))
  }
}

import Domain
import Storage

/// One step for all problems of a batch: each takes it under its own rules, all in one transaction.
package struct ActOnBatch: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package enum Step: Sendable {
    /// The same for each.
    case each(ActOnProblem.Request)
    /// The one policy answer: claimed on every line.
    case answer(Outcome, text: String, evidence: String)
    /// One visit to all who asked, then 销号; those who rated are closed on their rating.
    case close(text: String)
  }

  package struct Result: Sendable {
    package let problem: ProblemID
    package let number: Int64
    package let state: ProblemState
    /// Why it was left out; none where it took the step.
    package let reasons: [Problem.Refusal]
  }

  /// Problems worked on in one transaction: others issue orders too.
  private static let together = 50

  /// - Throws: `UseCaseError.notFound`, `.forbidden`, `.refused` for a batch that is closed, or answered
  ///   already
  package func callAsFunction(
    _ step: Step, on id: BatchID, by account: Account
  ) async throws -> [Result] {
    guard account.may(.manageBatches) else { throw UseCaseError.forbidden }
    let platform = platform
    let problems = try await platform.database.read { connection in
      guard let batch = try BatchRows.find(id, in: connection) else { throw UseCaseError.notFound }
      let isAnswer = if case .answer = step { true } else { false }
      if batch.closedAt != nil || (isAnswer && batch.answered != nil) {
        throw UseCaseError.refused([.wrongState])
      }
      return try BatchRows.problems(of: id, in: connection)
    }
    let now = platform.now()
    let issues = if case .each(let request) = step { request.mayIssueOrders } else { false }
    var results: [Result] = []
    for start in stride(from: 0, to: problems.count, by: ActOnBatch.together) {
      let some = Array(problems[start..<min(start + ActOnBatch.together, problems.count)])
      results += try await platform.write(issuing: issues) { connection in
        try some.map { problem in
          try ActOnBatch.result(
            of: step, on: problem, for: account, at: now, platform, in: connection)
        }
      }
    }
    try await settle(step, id, results, by: account)
    return results
  }

  /// What the step would make of each problem; nothing is done. Of an answer and of a closing that takes
  /// two steps the first is tried.
  /// - Throws: `UseCaseError.notFound`, `.forbidden`
  package func preview(
    _ step: Step, on id: BatchID, by account: Account
  ) async throws -> [Result] {
    guard account.may(.manageBatches) else { throw UseCaseError.forbidden }
    let (platform, now) = (platform, platform.now())
    return try await platform.database.read { connection in
      guard try BatchRows.find(id, in: connection) != nil else { throw UseCaseError.notFound }
      return try BatchRows.problems(of: id, in: connection).map { problem in
        let work = try ProblemWork(problem, for: account, at: now, platform, in: connection)
        var reasons: [Problem.Refusal] = []
        do {
          _ = try work.decide(ActOnBatch.first(step, work))
        } catch UseCaseError.refused(let refused) {
          reasons = refused
        }
        return Result(
          problem: problem, number: work.problem.registration.number, state: work.problem.state,
          reasons: reasons)
      }
    }
  }

  private static func first(_ step: Step, _ work: ProblemWork) throws -> ProblemCommand {
    switch step {
    case .each(let request):
      try ActOnProblem.command(request, on: work.problem, today: work.now.day, in: work.connection)
    case .answer(let outcome, let text, let evidence):
      .claim(outcome: outcome, result: text, evidence: evidence)
    case .close(let text):
      work.problem.state == .verified ? .returnVisit(rating: nil, text: text) : .close
    }
  }

  /// What the step makes of the batch itself.
  private func settle(
    _ step: Step, _ id: BatchID, _ results: [Result], by account: Account
  ) async throws {
    guard results.contains(where: \.reasons.isEmpty) else { return }
    let now = platform.now()
    try await platform.database.write { connection in
      guard let batch = try BatchRows.find(id, in: connection) else { throw UseCaseError.notFound }
      do {
        switch step {
        case .answer(let outcome, let text, _):
          try BatchRows.answer(
            batch, .init(outcome: outcome, answer: text.trimmed), at: now, by: account.actor,
            in: connection)
        case .close where results.allSatisfy(\.state.isEnded):
          try BatchRows.close(batch, at: now, by: account.actor, in: connection)
        case .close, .each: break
        }
      } catch is LedgerRows.Conflict {
        throw StorageError.contention
      }
    }
  }

  private static func result(
    of step: Step, on id: ProblemID, for account: Account, at now: Instant, _ platform: Platform,
    in connection: any Connection
  ) throws -> Result {
    var work = try ProblemWork(id, for: account, at: now, platform, in: connection)
    var reasons: [Problem.Refusal] = []
    do {
      try ActOnBatch.take(step, &work)
    } catch UseCaseError.refused(let refused) {
      reasons = refused
    }
    return Result(
      problem: id, number: work.problem.registration.number, state: work.problem.state,
      reasons: reasons)
  }

  private static func take(_ step: Step, _ work: inout ProblemWork) throws {
    switch step {
    case .each(let request):
      try work.act(
        try ActOnProblem.command(
          request, on: work.problem, today: work.now.day, in: work.connection))
    case .answer(let outcome, let text, let evidence):
      let claim = ProblemCommand.claim(outcome: outcome, result: text, evidence: evidence)
      // All or nothing: a line that has reported cannot take it back.
      _ = try work.decide(claim)
      for leg in work.problem.round?.openLegs ?? [] where leg.role == .official {
        try work.act(.answer(leg: leg.number, text: text))
      }
      try work.act(claim)
    case .close(let text):
      if work.problem.state == .verified {
        try work.act(.returnVisit(rating: nil, text: text))
      }
      try work.act(.close)
    }
  }
}

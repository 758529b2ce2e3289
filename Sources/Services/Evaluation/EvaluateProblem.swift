import Cryptography
import Domain
import Storage

/// The asker rates a round (评价) through the one-time link: one rating a round, never overwritten.
package struct EvaluateProblem: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// What the asker is shown before rating.
  package struct Subject: Sendable {
    package let number: Int64
    package let title: String
    package let concerns: String
    package let result: String
  }

  /// - Throws: `UseCaseError.linkNotValid`
  package func subject(of token: SecretToken) async throws -> Subject {
    let now = platform.now()
    return try await platform.database.read { connection in
      guard let target = try EvaluationLinks.find(token, now: now, in: connection),
        let problem = try ProblemHistory.load(target.problem, in: connection)?.problem,
        problem.state == .verified, problem.round?.number == target.round
      else { throw UseCaseError.linkNotValid }
      return Subject(
        number: problem.registration.number, title: problem.registration.title,
        concerns: problem.registration.concerns, result: problem.round?.claim?.result ?? "")
    }
  }

  /// - Throws: `UseCaseError.linkNotValid`, `.refused`
  package func callAsFunction(
    _ token: SecretToken, rating: Rating, text: String
  ) async throws {
    let platform = platform
    let now = platform.now()
    try await platform.write(issuing: rating == .dissatisfied) { connection in
      guard let target = try EvaluationLinks.find(token, now: now, in: connection),
        let history = try ProblemHistory.load(target.problem, in: connection),
        history.problem.state == .verified, history.problem.round?.number == target.round,
        try EvaluationLinks.use(token, now: now, in: connection)
      else { throw UseCaseError.linkNotValid }
      var work = try ProblemWork(history, at: now, platform, in: connection)
      try work.act(.evaluate(rating: rating, text: text))
    }
  }
}

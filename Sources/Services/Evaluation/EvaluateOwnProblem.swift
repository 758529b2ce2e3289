import Domain
import Storage

/// An enterprise rates what came of its own problem while it is signed in: the same rules as by the link,
/// one rating a round, while the asker's word is waited for.
package struct EvaluateOwnProblem: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Throws: `UseCaseError.notFound`, `.forbidden`, `.refused`
  package func callAsFunction(
    _ id: ProblemID, rating: Rating, text: String, by account: Account
  ) async throws {
    guard account.may(.rate), let enterprise = account.enterprise else {
      throw UseCaseError.forbidden
    }
    let platform = platform
    let now = platform.now()
    try await platform.write(issuing: rating == .dissatisfied) { connection in
      guard let history = try ProblemHistory.load(id, in: connection),
        history.problem.registration.concernsEnterprise == enterprise
      else { throw UseCaseError.notFound }
      let who = Problem.Who(
        actor: account.actor, actions: [.evaluate], answersFor: { _ in false })
      var work = try ProblemWork(history, who: who, at: now, platform, in: connection)
      let end = work.problem.evaluationEnd(
        work.surroundings.procedure, work.surroundings.calendar)
      guard let end, end > work.now else { throw UseCaseError.refused([.wrongState]) }
      try work.act(.evaluate(rating: rating, text: text))
    }
  }
}

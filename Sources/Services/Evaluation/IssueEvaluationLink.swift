import Cryptography
import Domain
import Storage

/// Makes the one-time link with which the asker rates a verified round. It goes to the asker's own
/// registered contact, never through the official or the handler: only the office may have it made.
package struct IssueEvaluationLink: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Throws: `UseCaseError.notFound`, `.forbidden`, `.refused`
  package func callAsFunction(_ id: ProblemID, by account: Account) async throws -> SecretToken {
    guard account.may(.act(.returnVisit)) else { throw UseCaseError.forbidden }
    let platform = platform
    let now = platform.now()
    return try await platform.database.write { connection in
      var work = try ProblemWork(id, for: account, at: now, platform, in: connection)
      guard work.who.actions.contains(.returnVisit) else { throw UseCaseError.forbidden }
      let surroundings = work.surroundings
      guard work.problem.state == .verified, let round = work.problem.round,
        let end = work.problem.evaluationEnd(surroundings.procedure, surroundings.calendar),
        end > now
      else { throw UseCaseError.refused([.wrongState]) }
      // Whoever acted for the handler could rate themselves with it.
      guard !round.handlers.contains(account.actor) else {
        throw UseCaseError.refused([.handlerCannotVerify])
      }
      let enterprise = work.problem.registration.concernsEnterprise
      let contact = try enterprise.flatMap {
        try ContactRows.currentID(of: $0, in: connection)
      }
      try work.record([
        .evaluationLinkIssued(.init(round: round.number, contact: contact?.description))
      ])
      let token = SecretToken.random()
      try EvaluationLinks.add(
        token, for: .init(problem: id, round: round.number), at: now, expires: end,
        in: connection)
      return token
    }
  }
}

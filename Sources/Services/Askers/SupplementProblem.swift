import Domain
import Storage

/// Whoever asked adds to what was registered (补充情况), as long as the problem runs.
package struct SupplementProblem: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Throws: `UseCaseError.notFound`, `.forbidden`, `.refused`
  package func callAsFunction(_ id: ProblemID, text: String, by account: Account) async throws {
    guard account.may(.registerProblems) else { throw UseCaseError.forbidden }
    let platform = platform
    let now = platform.now()
    try await platform.database.write { connection in
      var work = try ProblemWork(id, for: account, at: now, platform, in: connection)
      var reasons: [Problem.Refusal] = work.problem.state.isEnded ? [.wrongState] : []
      let text = text.trimmed
      if text.isEmpty { reasons.append(.textMissing) }
      if text.unicodeScalars.count > Problem.maximumText { reasons.append(.textTooLong) }
      guard reasons.isEmpty else { throw UseCaseError.refused(reasons) }
      try work.record([.supplemented(.init(text: text))])
    }
  }
}

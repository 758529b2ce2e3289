import Domain
import Storage

/// What helps to judge and assign a problem: the category its words speak for, open problems that may be
/// the same, and solved ones that were like it.
package struct Precedents: Sendable {
  package let suggestion: CategorySuggestion?
  package let open: [SimilarProblems.Similar]
  package let past: [SimilarProblems.Similar]
  package let mayJudge: Bool
  package let mayAssign: Bool
  package let mayMerge: Bool

  /// - Parameter options: what the account may do to the problem.
  /// - Returns: nil where it is not about to judge or assign it.
  static func find(
    _ problem: Problem, _ options: [Problem.Option], _ platform: Platform, for account: Account,
    in connection: any Connection
  ) throws -> Precedents? {
    func may(_ action: ProblemAction) -> Bool {
      options.contains { $0.action == action && $0.isAllowed }
    }
    guard may(.judge) || may(.assign) else { return nil }
    let registration = problem.registration
    let suggestion = platform.hints.suggestion(
      title: registration.title, detail: registration.detail, track: problem.track)
    let kin = try SimilarProblems.kin(
      of: problem, category: problem.category ?? suggestion?.code, for: account, in: connection)
    return Precedents(
      suggestion: suggestion, open: kin.open, past: kin.past, mayJudge: may(.judge),
      mayAssign: may(.assign), mayMerge: may(.merge))
  }
}

import Domain
import Services

/// What helps to judge and assign a problem: the category its words speak for, open problems that may be
/// the same, and solved ones that were like it.
struct Precedents: Sendable {
  let suggestion: CategorySuggestion?
  let open: [SimilarProblems.Similar]
  let past: [SimilarProblems.Similar]
  let mayJudge: Bool
  let mayAssign: Bool
  let mayMerge: Bool

  /// - Returns: nil where the account is not about to judge or assign it.
  static func find(
    _ detail: ShowProblem.Detail, _ platform: Platform, for account: Account
  ) async throws -> Precedents? {
    func may(_ action: ProblemAction) -> Bool {
      detail.options.contains { $0.action == action && $0.isAllowed }
    }
    guard may(.judge) || may(.assign) else { return nil }
    let problem = detail.problem
    let registration = problem.registration
    let suggestion = platform.hints.suggestion(
      title: registration.title, detail: registration.detail, track: problem.track)
    let kin = try await SimilarProblems(platform)(
      like: problem, category: problem.category ?? suggestion?.code, for: account)
    return Precedents(
      suggestion: suggestion, open: kin.open, past: kin.past,
      mayJudge: may(.judge), mayAssign: may(.assign), mayMerge: may(.merge))
  }
}

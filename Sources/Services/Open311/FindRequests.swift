import Domain
import Storage

/// Problems as Open311 lists them, within what the account may see.
package struct FindRequests: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// The newest first.
  /// - Parameter account: nil for everybody, where the operator says so: whoever shows it keeps the words back.
  /// - Throws: `UseCaseError.forbidden`
  package func callAsFunction(
    _ filter: RequestFilter, before: ProblemCursor?, limit: Int, for account: Account?
  ) async throws -> Page<RequestSummary, ProblemCursor> {
    try await platform.database.read { connection in
      try RequestRows.page(
        filter, visible: FindRequests.visibility(of: account, in: connection), before: before,
        limit: limit, in: connection)
    }
  }

  /// By its running number, with what was last said of it that the account may read.
  /// - Throws: `UseCaseError.forbidden`, `.notFound`
  package func one(
    _ number: Int64, for account: Account?
  ) async throws -> (request: RequestSummary, note: String?) {
    try await platform.database.read { connection in
      let page = try RequestRows.page(
        .numbers([number]), visible: FindRequests.visibility(of: account, in: connection),
        before: nil, limit: 1, in: connection)
      guard let request = page.items.first else { throw UseCaseError.notFound }
      guard let account, let history = try ProblemHistory.load(request.id, in: connection) else {
        return (request, nil)
      }
      // While it is being worked on, what was said before is no explanation any more.
      if history.problem.state.isRunning { return (request, nil) }
      return (request, history.steps(for: account).reversed().lazy.compactMap(\.event.note).first)
    }
  }

  private static func visibility(
    of account: Account?, in connection: any Connection
  ) throws -> ProblemList.Visibility {
    try account.map { try ProblemScope.visibility(of: $0, in: connection) } ?? .all
  }
}

extension ProblemEvent {
  /// Why a problem is where it is, in the words of whoever brought it there.
  fileprivate var note: String? {
    let text: String? =
      switch self {
      case .claimed(let claim): claim.result
      case .masterClosed(let master): master.result
      case .declined(let declined): declined.reason
      case .shelved(let shelved), .shelvingReviewed(let shelved): shelved.text
      case .referred(let referred): referred.text
      default: nil
      }
    return text.flatMap { $0.isEmpty ? nil : $0 }
  }
}

import Domain
import Storage

/// What waits for 核查 and 回访, with who may not do it because they acted.
package struct ListVerification: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package static let pageSize = 50

  package struct List: Sendable {
    package let page: Page<VerificationRows.Line, ProblemID>
    package let actorNames: [Actor: String]
  }

  /// - Throws: `UseCaseError.forbidden`
  package func callAsFunction(
    _ kind: VerificationRows.Kind, after: ProblemID?,
    limit: Int = ListVerification.pageSize, for account: Account
  ) async throws -> List {
    guard account.may(.act(.verify)) else { throw UseCaseError.forbidden }
    let (platform, now) = (platform, platform.now())
    return try await platform.database.read { connection in
      let page = try VerificationRows.page(
        kind, visible: ProblemScope.visibility(of: account, in: connection), after: after,
        now: now, limit: limit, in: connection)
      return List(
        page: page,
        actorNames: try AccountRows.names(
          of: Set(page.items.flatMap(\.handlers)), platform.vault, in: connection))
    }
  }
}

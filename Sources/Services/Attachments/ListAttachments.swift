import Domain
import Storage

/// A problem's attachments, the oldest first, with those that were withdrawn.
package struct ListAttachments: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Throws: `UseCaseError.notFound`
  package func callAsFunction(
    of problem: ProblemID, for account: Account
  ) async throws -> [Attachment] {
    try await platform.database.read { connection in
      _ = try AttachmentScope.problem(problem, for: account, in: connection)
      return try AttachmentRows.list(of: problem, in: connection)
    }
  }
}

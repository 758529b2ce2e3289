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

  /// The same as the problem's page shows them.
  /// - Throws: `UseCaseError.notFound`
  package func shown(
    of problem: ProblemID, for account: Account
  ) async throws -> [ShownAttachment] {
    let vault = platform.vault
    return try await platform.database.read { connection in
      let problem = try AttachmentScope.problem(problem, for: account, in: connection)
      return try ShownAttachment.all(of: problem, for: account, vault, in: connection)
    }
  }
}

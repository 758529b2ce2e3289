import Domain
import Storage

/// A problem's attachments as its page shows them: who added each, and whether the account may take it
/// back.
package struct ShowAttachments: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Shown: Sendable {
    package let attachment: Attachment
    /// Nil for askers, who need not know who handles their problem, and where the name was erased.
    package let addedBy: String?
    package let mayWithdraw: Bool
    package let mayRead: Bool
  }

  /// The oldest first, with those that were withdrawn.
  /// - Throws: `UseCaseError.notFound`
  package func callAsFunction(
    of problem: ProblemID, for account: Account
  ) async throws -> [Shown] {
    let vault = platform.vault
    return try await platform.database.read { connection in
      _ = try AttachmentScope.problem(problem, for: account, in: connection)
      let attachments = try AttachmentRows.list(of: problem, in: connection)
      guard let first = attachments.first else { return [] }
      let manages = try AttachmentScope.mayManage(first, account, in: connection)
      let names = try AccountRows.names(of: Set(attachments.map(\.addedBy)), vault, in: connection)
      return attachments.map { attachment in
        let isOwn = attachment.addedBy == account.actor
        return Shown(
          attachment: attachment,
          addedBy: isOwn || account.may(.seeHandling) ? names[attachment.addedBy] : nil,
          mayWithdraw: attachment.withdrawal == nil && (manages || isOwn),
          mayRead: attachment.purgedAt == nil && (attachment.withdrawal == nil || manages))
      }
    }
  }
}

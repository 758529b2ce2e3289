import Domain
import Storage

/// An attachment as its problem's page shows it: who added it, and whether the account may take it back.
package struct ShownAttachment: Sendable {
  package let attachment: Attachment
  /// Nil for askers, who need not know who handles their problem, and where the name was erased.
  package let addedBy: String?
  package let mayWithdraw: Bool
  package let mayRead: Bool

  /// Those of a problem that the account may see, the oldest first, with those that were withdrawn.
  static func all(
    of problem: Problem, for account: Account, _ vault: Vault, in connection: any Connection
  ) throws -> [ShownAttachment] {
    let attachments = try AttachmentRows.list(of: problem.id, in: connection)
    if attachments.isEmpty { return [] }
    let manages = try AttachmentScope.mayManage(filesOf: problem, account, in: connection)
    let names = try AccountRows.names(of: Set(attachments.map(\.addedBy)), vault, in: connection)
    return attachments.map { attachment in
      let isOwn = attachment.addedBy == account.actor
      return ShownAttachment(
        attachment: attachment,
        addedBy: isOwn || account.may(.seeHandling) ? names[attachment.addedBy] : nil,
        mayWithdraw: attachment.withdrawal == nil && (manages || isOwn),
        mayRead: attachment.purgedAt == nil && (attachment.withdrawal == nil || manages))
    }
  }
}

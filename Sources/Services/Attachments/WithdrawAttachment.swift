import Domain
import Storage

/// Hides an attachment, with the reason. That it was there stays known, and its content stays until it is
/// purged.
package struct WithdrawAttachment: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Throws: `AttachmentRefusal.unknown`, `.withdrawn` where it was before, `.notYours` where somebody
  ///   else added it and the account is not the office's, `.reason`
  package func callAsFunction(
    _ id: AttachmentID, reason: String, by account: Account
  ) async throws -> Attachment {
    let now = platform.now()
    return try await platform.database.write { connection in
      // First of all: of what may not be seen nothing is said, not even what a form lacks.
      var attachment = try AttachmentScope.attachment(id, for: account, in: connection)
      let reason = try AttachmentReason.checked(reason)
      if attachment.withdrawal != nil { throw AttachmentRefusal.withdrawn }
      guard
        try attachment.addedBy == account.actor
          || AttachmentScope.mayManage(attachment, account, in: connection)
      else {
        throw AttachmentRefusal.notYours
      }
      let withdrawal = Attachment.Withdrawal(at: now, by: account.actor, reason: reason)
      try AttachmentEvents.append(
        .withdrawn(.init(id: id, reason: reason)), of: attachment.problem, at: now,
        by: account.actor, in: connection)
      try AttachmentRows.withdraw(id, withdrawal, in: connection)
      attachment.withdrawal = withdrawal
      return attachment
    }
  }
}

enum AttachmentReason {
  /// - Throws: `AttachmentRefusal.reason` for none, or one that is too long.
  static func checked(_ text: String) throws -> String {
    let reason = text.singleLine.trimmed
    guard !reason.isEmpty, reason.unicodeScalars.count <= Attachment.maximumReason else {
      throw AttachmentRefusal.reason
    }
    return reason
  }
}

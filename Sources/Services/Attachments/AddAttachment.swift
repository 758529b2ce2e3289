import Cryptography
import Domain
import Storage

/// Adds a file to a problem: the photo or document that shows what was done.
package struct AddAttachment: Sendable {
  let platform: Platform
  let store: AttachmentStore

  package init(_ platform: Platform, _ store: AttachmentStore) {
    self.platform = platform
    self.store = store
  }

  /// The same content twice is one attachment.
  /// - Parameter name: what it was called where it comes from.
  /// - Throws: `UseCaseError.notFound`, `AttachmentRefusal`, `KeyRing.Fault.none`, `StorageError`
  package func callAsFunction(
    _ bytes: [UInt8], name: String, to problem: ProblemID, by account: Account
  ) async throws -> Attachment {
    if bytes.count > Attachment.maximumSize { throw AttachmentRefusal.tooLarge }
    // Before anything is written for somebody who may not.
    try await platform.database.read { connection in
      _ = try AttachmentScope.problem(problem, for: account, in: connection)
    }
    let written = try await write(bytes)
    return try await record(written, name: name, of: problem, by: account)
  }

  private final class Written: Sendable {
    let type: AttachmentType
    let size: Int
    let digest: Digest

    init(_ type: AttachmentType, _ size: Int, _ digest: Digest) {
      (self.type, self.size, self.digest) = (type, size, digest)
    }
  }

  /// A reference, and not optimised: with a tuple the optimiser of Swift 6.3 leaves the task's memory in the
  /// wrong order, and the process ends.
  @inline(never) @_optimize(none)
  private func write(_ bytes: [UInt8]) async throws -> Written {
    try await FileThreads.run { [store] in
      let type = try AttachmentType(bytes)
      let content = try type.withoutMetadata(bytes)
      return Written(type, content.count, try store.write(content))
    }
  }

  @inline(never) @_optimize(none)
  private func record(
    _ written: Written, name: String, of problem: ProblemID, by account: Account
  ) async throws -> Attachment {
    do {
      return try await record(
        written.type, written.size, written.digest,
        name: AttachmentName.clean(name, written.type), of: problem, by: account)
    } catch AttachmentRefusal.purged {
      // It was written after the one that was purged had been destroyed.
      _ = store.destroy(written.digest)
      throw AttachmentRefusal.purged
    }
  }

  private func record(
    _ type: AttachmentType, _ size: Int, _ digest: Digest, name: String, of problem: ProblemID,
    by account: Account
  ) async throws -> Attachment {
    let now = platform.now()
    return try await platform.database.write { connection in
      let found = try AttachmentScope.problem(problem, for: account, in: connection)
      if try AttachmentRows.list(withDigest: digest.bytes, in: connection)
        .contains(where: { $0.purgedAt != nil })
      {
        throw AttachmentRefusal.purged
      }
      let there = try AttachmentRows.list(of: problem, in: connection)
        .filter { $0.withdrawal == nil }
      if let same = there.first(where: { $0.digest == digest.bytes }) { return same }
      if there.count >= Attachment.maximumPerProblem { throw AttachmentRefusal.tooMany }
      let attachment = Attachment(
        id: AttachmentID(Identifiers.shared.next(now)), problem: problem, digest: digest.bytes,
        size: size, type: type, name: name,
        round: found.round?.number, addedAt: now, addedBy: account.actor)
      try AttachmentEvents.append(
        .added(
          .init(
            id: attachment.id, digest: digest.hex, size: attachment.size, type: type,
            name: attachment.name, round: attachment.round)),
        of: problem, at: now, by: account.actor, in: connection)
      try AttachmentRows.insert(attachment, in: connection)
      return attachment
    }
  }
}

/// Whose attachments an account may see: those of the problems it may see.
enum AttachmentScope {
  /// - Throws: `UseCaseError.notFound`
  static func problem(
    _ id: ProblemID, for account: Account, in connection: any Connection
  ) throws -> Problem {
    guard let history = try ProblemHistory.load(id, in: connection),
      try ProblemScope.allows(
        ProblemScope.visibility(of: account, in: connection), history.problem, in: connection)
    else { throw UseCaseError.notFound }
    return history.problem
  }

  /// Whether the account's office decides on the problem the file is with.
  static func mayManage(
    _ attachment: Attachment, _ account: Account, in connection: any Connection
  ) throws -> Bool {
    guard account.may(.manageFiles) else { return false }
    let problem = try problem(attachment.problem, for: account, in: connection)
    return try mayManage(filesOf: problem, account, in: connection)
  }

  /// Whether the account's office decides on the problem.
  static func mayManage(
    filesOf problem: Problem, _ account: Account, in connection: any Connection
  ) throws -> Bool {
    guard account.may(.manageFiles) else { return false }
    return try ProblemScope.governs(
      ProblemScope.visibility(of: account, in: connection), problem, in: connection)
  }

  /// - Throws: `AttachmentRefusal.unknown`, also where the account may not see it.
  static func attachment(
    _ id: AttachmentID, for account: Account, in connection: any Connection
  ) throws -> Attachment {
    guard let attachment = try AttachmentRows.find(id, in: connection) else {
      throw AttachmentRefusal.unknown
    }
    do {
      _ = try problem(attachment.problem, for: account, in: connection)
    } catch UseCaseError.notFound {
      throw AttachmentRefusal.unknown
    }
    return attachment
  }
}

import Cryptography
import Domain
import Ledger
import Storage

/// What moves a sheet that is there: authorise, load, decide, save, in one transaction.
package struct ActOnSheet: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// Shows it to the units on it, who may object from now on.
  /// - Throws: `UseCaseError.notFound`, `CommentSheet.Refused`
  package func preview(_ id: SheetID, by account: Account) async throws {
    let platform = platform
    try await act(id, by: account) { sheet, surroundings, connection in
      let event = try sheet.preview(in: surroundings)
      try ActOnSheet.tell(of: sheet, at: surroundings.now, by: account, platform, in: connection)
      return event
    }
  }

  /// Those who speak for the units on it learn that there is something to look at.
  private static func tell(
    of sheet: CommentSheet, at now: Instant, by account: Account, _ platform: Platform,
    in connection: any Connection
  ) throws {
    let people = TellPeople(platform, in: connection)
    let visible = try people.visible(from: now)
    let role: Role = sheet.content.kind == .county ? .countyOffice : .handler
    for line in sheet.content.lines {
      try people.tell(
        .sheetPreview, .unit(line.unit), [.unit(line.unit, roles: [role])], at: now,
        visible: visible, by: account.actor)
    }
  }

  /// For the account's own unit.
  /// - Throws: `UseCaseError.notFound`, `CommentSheet.Refused`
  package func object(_ text: String, to id: SheetID, by account: Account) async throws {
    try await act(id, by: account) { sheet, surroundings, _ in
      try sheet.object(text, in: surroundings)
    }
  }

  /// The office director rules, once for each objection.
  /// - Throws: `UseCaseError.notFound`, `CommentSheet.Refused`
  package func rule(
    _ number: Int, of id: SheetID, upheld: Bool, reason: String, by account: Account
  ) async throws {
    try await act(id, by: account) { sheet, surroundings, _ in
      try sheet.rule(number, upheld: upheld, reason: reason, in: surroundings)
    }
  }

  /// Freezes it, with the ledger's last root and a digest of all it says.
  /// - Throws: `UseCaseError.notFound`, `CommentSheet.Refused`
  package func publish(_ id: SheetID, by account: Account) async throws {
    try await act(id, by: account) { sheet, surroundings, connection in
      let ledger = try LedgerHeads.last(in: connection).map {
        SheetContent.LedgerMark(size: $0.size, root: Hexadecimal.encode($0.root))
      }
      let content = try sheet.publication(ledger, in: surroundings)
      return .published(.init(content: content, digest: try ActOnSheet.digest(content)))
    }
  }

  /// The numbers anew, as the month ended and as far as is known now.
  /// - Throws: `UseCaseError.notFound`, `CommentSheet.Refused`
  package func recompute(_ id: SheetID, by account: Account) async throws {
    let platform = platform
    let settled = ComputeSheet.settled(platform.now())
    let content = try await platform.database.read { connection in
      guard let old = try SheetHistory.load(id, in: connection)?.sheet.content,
        try SheetScope.allows(account, id, in: connection)
      else { throw UseCaseError.notFound }
      return try ComputeSheet(platform: platform)(
        old.kind, old.month, edition: old.edition, supersedes: old.supersedes,
        reason: old.reason, knownOn: max(old.knownOn, settled), in: connection)
    }
    try await act(id, by: account) { sheet, surroundings, _ in
      try sheet.recompute(content, in: surroundings)
    }
  }

  /// Hexadecimal SHA-256 of the content's bytes, whatever the ledger hashes with: anybody can compute it.
  static func digest(_ content: SheetContent) throws -> String {
    Digest.sha256(Array(try SheetJSON.encode(content).utf8)).hex
  }

  private func act(
    _ id: SheetID, by account: Account,
    _ decide:
      @escaping @Sendable (CommentSheet, CommentSheet.Surroundings, any Connection) throws ->
      SheetEvent
  ) async throws {
    let (platform, now) = (platform, platform.now())
    try await platform.database.write { connection in
      guard var history = try SheetHistory.load(id, in: connection),
        try SheetScope.allows(account, id, in: connection)
      else { throw UseCaseError.notFound }
      let surroundings = try SheetScope.surroundings(
        account, history.sheet, at: now, platform, in: connection)
      let event = try decide(history.sheet, surroundings, connection)
      do {
        try history.record(event, at: now, by: account.actor, in: connection)
      } catch is LedgerRows.Conflict {
        // Somebody was quicker by a hair. Run again: then the load above sees what they did.
        throw StorageError.contention
      }
    }
  }
}

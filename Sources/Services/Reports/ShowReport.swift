import Domain
import Storage

/// A report: the issued one as it was frozen, else as the ledger tells it now.
package struct ShowReport: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Shown: Sendable {
    package let content: ReportContent
    /// Of the unit, or of the official as the register has it now.
    package let name: String
    package let issued: Issued?
    /// By their sections.
    package let remarks: [String: Remark]
    package let mayWrite: Bool
    /// Why it cannot be issued now; nil where it can.
    package let refusal: ReportRefusal?
  }

  package struct Issued: Sendable {
    package let head: ReportRows.Head
    package let byName: String?
  }

  /// What a person wrote, and every earlier wording, the newest first.
  package struct Remark: Sendable {
    package let text: String?
    package let changes: [Change]

    package struct Change: Sendable {
      package let at: Instant
      package let byName: String?
      /// Nil where it was taken back.
      package let text: String?
    }
  }

  /// - Throws: `UseCaseError.notFound`, `.forbidden`, `ReportRefusal.future`
  package func callAsFunction(
    _ address: ReportAddress, for account: Account
  ) async throws -> Shown {
    let now = platform.now()
    let platform = platform
    let found = try await platform.database.read { connection in
      try Found(address, for: account, platform, in: connection)
    }
    let scope = found.scope
    guard platform.reports.has(address, for: scope.face) else { throw UseCaseError.notFound }
    if Instant(startOf: address.period.first) > now { throw ReportRefusal.future }
    let content: ReportContent
    if let stored = found.stored {
      content = try stored.content()
    } else {
      content = try await draft(address, scope, at: now)
    }
    return Shown(
      content: content, name: scope.name, issued: found.issued, remarks: found.remarks,
      mayWrite: scope.mayWrite && found.stored == nil,
      refusal: IssueReport.refusal(address, isIssued: found.stored != nil, at: now))
  }

  /// As it stands, before anybody issued it.
  func draft(
    _ address: ReportAddress, _ scope: ReportScope, at now: Instant
  ) async throws -> ReportContent {
    let asOf = address.period.asOf(at: now)
    guard let official = address.subject.official else {
      return try await ComposeReport(
        platform: platform, address: address, scope: scope, asOf: asOf, knownOn: nil)()
    }
    let compose = ComposeOfficialReport(
      platform: platform, address: address, official: official, asOf: asOf,
      knownOn: max(asOf, Instant(milliseconds: now.milliseconds + 1)), actors: nil)
    return try await platform.database.read { try compose(in: $0) }
  }

  /// All that is in the tables.
  private struct Found: Sendable {
    let scope: ReportScope
    let stored: ReportRows.Stored?
    let issued: Issued?
    let remarks: [String: Remark]

    init(
      _ address: ReportAddress, for account: Account, _ platform: Platform,
      in connection: any Connection
    ) throws {
      scope = try ReportScope.find(address.subject, for: account, platform, in: connection)
      stored = try ReportRows.find(address, in: connection)
      guard stored != nil || !scope.onlyIssued else { throw UseCaseError.notFound }
      let history = try ReportRemarkRows.history(of: address, in: connection)
      var actors = Set(history.values.joined().map(\.actor))
      if let stored { actors.insert(stored.head.issuedBy) }
      let names = try AccountRows.names(of: actors, platform.vault, in: connection)
      issued = stored.map { Issued(head: $0.head, byName: names[$0.head.issuedBy]) }
      remarks = history.mapValues { changes in
        let texts = changes.map { change in
          Remark.Change(
            at: change.at, byName: names[change.actor],
            text: change.fields.first { $0.name == "text" }?.to)
        }
        return Remark(text: texts.first?.text, changes: texts)
      }
    }
  }
}

extension ReportLayout {
  /// Whether such a report is made for such a face, by such periods.
  func has(_ address: ReportAddress, for face: Face) -> Bool {
    guard let kind = self[address.kind] else { return false }
    return kind.periods.contains(address.period.length) && !kind.sections(for: face).isEmpty
  }
}

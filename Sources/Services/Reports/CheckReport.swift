import Domain
import Storage

/// Counts an issued report once more and compares, as of the same instant and with what was known then.
/// Changes nothing.
package struct CheckReport: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// What is not as it was issued.
  package enum Finding: String, Sendable, CaseIterable {
    /// The frozen text is not the one its digest was made of.
    case digest
    /// The ledger tells of another text.
    case ledger
    /// Other numbers come out.
    case numbers
    /// The layout or the definitions are of another version now: its numbers are not counted again.
    case versions
  }

  package struct Report: Sendable {
    package let head: ReportRows.Head
    package let findings: [Finding]
    package let frozen: ReportContent
    /// Where the recount differs.
    package let differences: [ReportContent.Difference]
    /// Where the same instant looks otherwise with what is known now: late registrations.
    package let knownSince: [ReportContent.Difference]
    /// How many numbers were compared.
    package let compared: Int
  }

  /// - Parameter ledger: count from the ledger's entries alone, which takes as long as reading them.
  /// - Throws: `UseCaseError.notFound`, also where it is not issued; `.forbidden`
  package func callAsFunction(
    _ address: ReportAddress, fromLedger ledger: Bool = false, for account: Account
  ) async throws -> Report {
    let platform = platform
    let found = try await platform.database.read { connection in
      try Found(address, for: account, platform, in: connection)
    }
    let (stored, frozen) = (found.stored, try found.stored.content())
    var findings: [Finding] = []
    if !stored.isWhole { findings.append(.digest) }
    if !found.isInLedger { findings.append(.ledger) }
    // What is counted otherwise now is nothing to compare with.
    guard frozen.layout == platform.reports.version,
      frozen.definitions == platform.definitions.version
    else {
      return Report(
        head: stored.head, findings: findings + [.versions], frozen: frozen, differences: [],
        knownSince: [], compared: 0)
    }
    let again = try await compose(
      frozen, found.scope, knownOn: frozen.knownOn, ledger ? .ledger : .tables)
    let now = try await compose(frozen, found.scope, knownOn: nil, .server)
    let differences = frozen.differences(from: again)
    // The columns beside the text say which instant it is of.
    let isOfRow =
      stored.asOf == frozen.asOf && stored.knownOn == frozen.knownOn && frozen.address == address
    if !differences.isEmpty || !isOfRow { findings.append(.numbers) }
    return Report(
      head: stored.head, findings: findings, frozen: frozen, differences: differences,
      knownSince: again.differences(from: now), compared: frozen.numbers.count)
  }

  private struct Found: Sendable {
    let scope: ReportScope
    let stored: ReportRows.Stored
    let isInLedger: Bool

    init(
      _ address: ReportAddress, for account: Account, _ platform: Platform,
      in connection: any Connection
    ) throws {
      scope = try ReportScope.find(address.subject, for: account, platform, in: connection)
      guard let stored = try ReportRows.find(address, in: connection) else {
        throw UseCaseError.notFound
      }
      self.stored = stored
      isInLedger = try ReportRows.isInLedger(stored, in: connection)
    }
  }

  private func compose(
    _ frozen: ReportContent, _ scope: ReportScope, knownOn: Instant?,
    _ source: ComposeReport.Source
  ) async throws -> ReportContent {
    guard let official = frozen.subject.official else {
      return try await ComposeReport(
        platform: platform, address: frozen.address, scope: scope, asOf: frozen.asOf,
        knownOn: knownOn, source: source)()
    }
    let compose = ComposeOfficialReport(
      platform: platform, address: frozen.address, official: official, asOf: frozen.asOf,
      knownOn: knownOn ?? Instant(milliseconds: platform.now().milliseconds + 1),
      actors: frozen.actors?.compactMap { Actor($0) })
    return try await platform.database.read { try compose(in: $0) }
  }
}

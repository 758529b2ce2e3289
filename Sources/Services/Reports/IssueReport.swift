import Domain
import Storage

/// Issues a report 发出, or hands in an official's: its numbers and words are frozen in the ledger.
package struct IssueReport: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// Why it cannot be issued now; nil where it can. An official hands the week in before the weekend.
  static func refusal(
    _ address: ReportAddress, isIssued: Bool, at now: Instant
  ) -> ReportRefusal? {
    if isIssued { return .issued }
    if Instant(startOf: address.period.first) > now { return .future }
    return address.subject.official == nil && settled(now) < address.period.end ? .running : nil
  }

  /// Before then nobody is still writing entries: a count of it comes out the same ever after.
  private static func settled(_ now: Instant) -> Instant { now + -FigureCache.settling }

  /// - Throws: `UseCaseError.notFound`, `.forbidden`, `ReportRefusal`
  @discardableResult
  package func callAsFunction(
    _ address: ReportAddress, by account: Account
  ) async throws -> ReportID {
    let (platform, now) = (platform, platform.now())
    let scope = try await platform.database.read { connection in
      let scope = try ReportScope.find(address.subject, for: account, platform, in: connection)
      guard scope.mayWrite else { throw UseCaseError.forbidden }
      guard platform.reports.has(address, for: scope.face) else { throw UseCaseError.notFound }
      let isIssued = try ReportRows.find(address, in: connection) != nil
      if let refusal = IssueReport.refusal(address, isIssued: isIssued, at: now) { throw refusal }
      return scope
    }
    let content = try await content(address, scope, at: now)
    return try await platform.database.write { connection in
      if try ReportRows.find(address, in: connection) != nil { throw ReportRefusal.issued }
      var whole = content
      let remarks = try ReportRemarkRows.of(address, in: connection)
      for index in whole.sections.indices {
        whole.sections[index].remark = remarks[whole.sections[index].code]?.text
      }
      do {
        return try ReportRows.add(whole, at: now, by: account.actor, in: connection)
      } catch StorageError.notUnique {
        throw ReportRefusal.issued
      }
    }
  }

  private func content(
    _ address: ReportAddress, _ scope: ReportScope, at now: Instant
  ) async throws -> ReportContent {
    if let official = address.subject.official {
      let platform = platform
      return try await platform.database.read { connection in
        let known = try ComposeOfficialReport.known(
          of: official, at: now, settled: IssueReport.settled(now), address.period, in: connection)
        return try ComposeOfficialReport(
          platform: platform, address: address, official: official,
          asOf: min(known, address.period.end), knownOn: known, actors: nil)(in: connection)
      }
    }
    return try await ComposeReport(
      platform: platform, address: address, scope: scope, asOf: address.period.end,
      knownOn: IssueReport.settled(now))()
  }
}

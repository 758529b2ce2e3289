import Domain
import Storage

/// Adds words to a section of a report. Numbers come from the ledger alone.
package struct WriteReportRemark: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Parameter text: empty takes back what stood there.
  /// - Throws: `UseCaseError.notFound`, `.forbidden`, `ReportRefusal`
  package func callAsFunction(
    _ text: String, in section: String, of address: ReportAddress, by account: Account
  ) async throws {
    let text = text.trimmed
    let (platform, now) = (platform, platform.now())
    guard text.unicodeScalars.count <= ReportContent.maximumText else { throw ReportRefusal.long }
    if Instant(startOf: address.period.first) > now { throw ReportRefusal.future }
    try await platform.database.write { connection in
      let scope = try ReportScope.find(address.subject, for: account, platform, in: connection)
      guard scope.mayWrite else { throw UseCaseError.forbidden }
      guard platform.reports.has(address, for: scope.face) else { throw UseCaseError.notFound }
      guard
        platform.reports[address.kind]!.sections(for: scope.face).contains(where: {
          $0.code == section
        })
      else { throw ReportRefusal.section }
      guard try ReportRows.find(address, in: connection) == nil else {
        throw ReportRefusal.issued
      }
      do {
        try ReportRemarkRows.set(
          text, in: section, of: address, at: now, by: account.actor, in: connection)
      } catch StorageError.notUnique {
        // Somebody wrote the first one at the same time: the next try changes theirs.
        throw StorageError.contention
      }
    }
  }
}

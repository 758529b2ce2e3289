import Domain
import Storage

/// What is for everybody where the operator says so: sheets that were published and reports that were issued.
package struct ReadPublished: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// Sheets of which figures are handed out.
  package static let sheets = 24
  /// Notices.
  package static let notices = 50

  package func sheets() async throws -> [PublishedRows.Sheet] {
    try await platform.database.read { try PublishedRows.sheets(limit: Self.sheets, in: $0) }
  }

  package func latest() async throws -> (
    sheets: [PublishedRows.Sheet], reports: [PublishedRows.Report]
  ) {
    try await platform.database.read { connection in
      (
        try PublishedRows.sheets(limit: Self.sheets, in: connection),
        try PublishedRows.reports(limit: Self.notices, in: connection)
      )
    }
  }
}
